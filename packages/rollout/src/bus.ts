import type { RolloutEvent } from "./rollout-event.ts";

/** An event as it is told: with an id to drop repeats by, and the rollout it happened to. */
export type Telling = RolloutEvent & { readonly eventId: string; readonly rollout: string };

/** The bus that rollouts tell their events on. */
export interface Bus {
  /** Tells all or throws: told at least once, in order of sending. */
  tell(events: readonly Telling[]): Promise<void>;
}
