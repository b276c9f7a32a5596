import { type Bus, type Instant, lastSeq, type Rollout, type RolloutStore, stateOf } from "@espalier/rollout";
import { publish } from "./advance.ts";
import type { AskedFor } from "./asked-in.ts";
import { newMeta } from "./conclude.ts";

/** What was found of a request that is to be refused: it is refused now, it has begun, or its history is another execution's. */
export type Refused = "refused" | "begun" | "another's";

/** Why a request is refused that nobody runs any more, and what it asked for as far as its history or its event tells. */
export interface Refusal {
  readonly id: string;
  /** The execution that it came to. */
  readonly owner: string;
  readonly at: Instant;
  readonly problem: string;
  asked(before: Rollout): AskedFor;
}

/** Ends the history of a request that was never admitted, and tells so. It may be done again; the fact is one. */
export async function writeRefusal(
  { store, bus }: { readonly store: RolloutStore; readonly bus: Bus },
  { id, owner, at, problem, asked }: Refusal,
): Promise<Refused> {
  const first = await store.first(id);
  if (first !== undefined && first.owner !== owner) return "another's";
  const recent = await store.load(id);
  const rollout = stateOf(recent);
  if (rollout.status === "admitted") return "begun";
  const refusal = { type: "rollout-refused" as const, at, id, ...asked(rollout), problems: [problem] };
  const commit = { seq: lastSeq(recent) + 1, owner, events: [refusal], commandIds: [] };
  if (rollout.status !== "refused" && !(await store.commit(id, commit))) {
    throw new Error(`the history of ${id} did not stand still for a refusal`);
  }
  await store.open(newMeta(id, first ?? commit));
  await store.close(id);
  const after = await store.load(id);
  if (after.meta !== undefined) await publish({ store, bus }, after.commits, after.meta, stateOf(after));
  return "refused";
}
