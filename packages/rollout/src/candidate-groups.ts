import type { Named } from "./rollout-event.ts";

/** What can be a target: a function version, an instance, an address or a load balancer. */
export type TargetType = "LAMBDA" | "INSTANCE" | "IP" | "ALB";

/** A target as it is registered: without a port, its group's port. */
export interface Target {
  readonly id: string;
  readonly port?: number | undefined;
}

/** A target group to be had for a rollout: set like the stable group of a service, with these targets. */
export interface GroupOrder {
  readonly rollout: string;
  readonly service: Named;
  /** The id of the group whose settings it takes. */
  readonly stable: string;
  readonly type: TargetType;
  readonly targets: readonly Target[];
}

/** A target group that was made for the rollouts of a service, as its tags say: nobody else's. */
export interface MadeGroup extends Named {
  readonly type: TargetType;
  readonly status: string;
  /** The ARN of the service that it was made for. */
  readonly service: string;
  /** The id of the last rollout that it was an arm of. */
  readonly rollout: string;
  /** The same for groups that were ordered alike. Opaque. */
  readonly contents: string;
  /** The same for groups that can be refilled to be each other. Opaque. */
  readonly settings: string;
}

/** What an order comes to in the terms of `MadeGroup`; or why no such group can be made. */
export type Specified =
  | { readonly type: "specified"; readonly contents: string; readonly settings: string }
  | { readonly type: "impossible"; readonly problem: string };

/** Makes target groups for candidates and takes them away again. Each call may be made again after a crash. */
export interface CandidateGroups {
  specify(order: GroupOrder): Promise<Specified>;
  /** Every group that was made here, for this service or for any, and is not gone yet. */
  made(service?: Named): Promise<MadeGroup[]>;
  /** Makes a group for an order, empty as yet. */
  make(order: GroupOrder): Promise<void>;
  /** Gives an idle group to another order; its targets stay as they are. */
  refit(group: MadeGroup, order: GroupOrder): Promise<void>;
  /** Writes down which rollout a group serves in from now on. */
  claim(group: Named, rollout: string): Promise<void>;
  /**
   * Brings a group that serves nobody to these targets and no others. Throws CandidateRefused where Lattice does not take one,
   * CandidateNotReady while a former target is in the way.
   */
  fill(group: MadeGroup, targets: readonly Target[]): Promise<void>;
  targets(group: Named): Promise<Target[]>;
  /** The health of each target, in Lattice's words. */
  health(group: Named): Promise<string[]>;
  /** Deregisters the targets and deletes the group; false while it still drains. */
  remove(group: Named): Promise<boolean>;
}
