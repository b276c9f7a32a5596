import type { Forwarding } from "./forwarding.ts";
import type { Named } from "./rollout-event.ts";

/** The weights of a service's traffic. */
export interface TrafficRouter {
  /** Every default action and rule of the service that forwards, as it is now, but for the rules that rollouts make. */
  actions(service: Named): Promise<Forwarding[]>;
  /** The actions in parts, each of which is one write. */
  parts(actions: readonly Forwarding[]): Forwarding[][];
  /**
   * Replaces the actions of one part, each whole. There is no optimistic lock: who writes last wins. Where some of them could not be
   * written, the others were, and it throws.
   */
  write(service: Named, part: readonly Forwarding[]): Promise<void>;
}

/** A target group as a rollout's readiness needs it. */
export interface TargetGroup extends Named {
  /** The ARNs of the services that use it. */
  readonly services: readonly string[];
  /** The health of each registered target, in Lattice's words. */
  readonly targets: readonly string[];
}

/** What a name, an id or an ARN leads to: the thing, or the names of the things there are. */
export type Found<Thing> =
  | { readonly type: "found"; readonly thing: Thing }
  | { readonly type: "not-found"; readonly known: readonly string[] };

/** Where a request's names are looked up. */
export interface Directory {
  service(reference: string): Promise<Found<Named>>;
  targetGroup(reference: string): Promise<Found<TargetGroup>>;
  /** Who else manages the service or one of these actions, as its tags say. */
  managedBy(service: Named, actions: readonly Forwarding[]): Promise<string | undefined>;
}
