import type { Admitted, Instant } from "@espalier/rollout";
import type { GroupOrder } from "./group-order.ts";
import { type Watch, watchOf } from "./watch.ts";

/**
 * What the workflow goes on with. Only an admitted rollout, or one whose candidate is to be prepared, holds a lock. The workflow
 * reads every field, so each is there in every outcome.
 */
export interface Admission {
  readonly outcome: "admitted" | "to-prepare" | "queued" | "refused" | "duplicate";
  readonly rollout: string;
  readonly generation: number;
  readonly service: string | null;
  readonly watch: Watch | null;
  readonly problems: readonly string[];
  readonly order: GroupOrder | null;
  readonly seen: number;
  readonly nudges: number;
  readonly until: Instant | null;
}

/** How long the inbox was and how often it had been nudged when there was something to wait for, and until when to wait. */
type Wait = Pick<Admission, "seen" | "nudges"> & { readonly until: Instant };

const nothing = {
  generation: 1,
  service: null,
  watch: null,
  problems: [],
  order: null,
  seen: 0,
  nudges: 0,
  until: null,
};

/** Says that a rollout has begun. */
export const admitted = (rollout: Admitted): Admission => ({
  ...nothing,
  outcome: "admitted",
  rollout: rollout.id,
  service: rollout.service.arn,
  watch: watchOf(rollout),
});

/** Asks for the candidate's group to be prepared, and then for Admit again: after a wait where it is not ready. */
export const toPrepare = (order: GroupOrder, wait: Wait): Admission => ({
  ...nothing,
  ...{ outcome: "to-prepare", rollout: order.rollout, service: order.service.arn, order, ...wait },
});

/** Asks for a wait until the service may be free, and then for Admit again. */
export const queued = (rollout: string, wait: Wait): Admission => ({
  ...nothing,
  ...{ outcome: "queued", rollout, ...wait },
});

export const refused = (rollout: string, problems: readonly string[]): Admission => ({
  ...nothing,
  ...{ outcome: "refused", rollout, problems },
});

export const duplicate = (rollout: string): Admission => ({ ...nothing, outcome: "duplicate", rollout });
