import { evolve } from "../evolve/evolve.ts";
import type { Admitted, Rollout } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";

/** A decision on a rollout that was admitted. */
export type Part = (rollout: Admitted) => readonly RolloutEvent[];

/** The events of several decisions, each made on what the ones before it led to. A rollout never admitted leads to nothing. */
export function gather(rollout: Rollout, parts: Iterable<Part>): RolloutEvent[] {
  const events: RolloutEvent[] = [];
  let state = rollout;
  for (const part of parts) {
    if (state.status !== "admitted") break;
    const more = part(state);
    events.push(...more);
    state = more.reduce(evolve, state as Rollout);
  }
  return events;
}
