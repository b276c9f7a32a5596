import type { TopologyDocument } from "../document/document.ts";
import type { Existing } from "../existing.ts";
import { plan } from "../plan/plan.ts";

/** One thing that is not as the document says, and what would put it right. */
export interface Difference {
  readonly address: string;
  readonly sentence: string;
}

/**
 * In what Lattice differs from the document that was last applied. Weights are the rollouts' and no drift, unless the document
 * enforces them; what Lattice is still at is none either.
 */
export const driftOf = (document: TopologyDocument, existing: Existing): Difference[] =>
  plan(document, existing).changes.flatMap(({ state, address, sentence }) =>
    state === "unchanged" || state === "underway" ? [] : [{ address, sentence }],
  );
