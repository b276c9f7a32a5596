import type { Named } from "./rollout-event.ts";

/** The Lambda functions that a rollout names: hooks, and versions that become targets. */
export interface FunctionDirectory {
  /** Whether there is a function, version or alias of this ARN. */
  exists(arn: string): Promise<boolean>;
  /** Lets Lattice invoke a function version for one target group; once more does nothing. */
  admitLattice(arn: string, group: Named): Promise<void>;
  /** Takes that leave away again; one that was never given is fine. */
  dismissLattice(arn: string, group: Named): Promise<void>;
}
