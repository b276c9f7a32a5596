import { type Attempt, nextTurn, plan, type Report, type TopologyDocument, type Turn } from "../src/index.ts";
import type { ModelLattice } from "./model-lattice.ts";

/** Runs an apply on the model until it is refused or settles; `fails` says at which addresses Lattice refuses. */
export function converge(
  document: TopologyDocument,
  lattice: ModelLattice,
  options: { adopt?: string[]; fails?: (address: string) => boolean } = {},
): Exclude<Turn, { next: "apply" | "wait" }> {
  const attempts: Attempt[] = [];
  for (let turn = 0; turn < 100; turn++) {
    const next = nextTurn(plan(document, lattice.existing(), options.adopt), attempts, 0);
    if (next.next === "settle" || next.next === "refuse") return next;
    if (next.next === "wait") throw new Error("nothing is underway in the model");
    for (const { address, verb, sentence, write } of next.changes) {
      const step = { address, verb, sentence };
      if (options.fails?.(address)) {
        attempts.push({
          outcome: "failed",
          ...step,
          error: "ServiceQuotaExceededException",
          cause: "too many",
        });
        continue;
      }
      lattice.write(write);
      attempts.push({ outcome: "made", ...step });
    }
  }
  throw new Error("it never comes to an end");
}

/** As converge, where it is not refused. */
export function settled(...given: Parameters<typeof converge>): Report {
  const turn = converge(...given);
  if (turn.next === "refuse") throw new Error(JSON.stringify(turn.problems));
  return turn.report;
}
