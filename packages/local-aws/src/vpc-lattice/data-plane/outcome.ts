import { type Failure, unconfirmed } from "../unconfirmed.ts";

/**
 * How a request ended. `answered`: with a whole answer; `denied`: by a policy or its signature; `failed`: before any of an
 * answer was sent; `broken`: in the middle of one; `abandoned`: the caller went away, with the status begun by then, or 0.
 */
export type Outcome =
  | { readonly type: "denied"; readonly status: 403 }
  | { readonly type: "answered"; readonly status: number }
  | { readonly type: "failed"; readonly failure: Failure }
  | { readonly type: "broken"; readonly status: number; readonly failure: Failure }
  | { readonly type: "abandoned"; readonly status: number };

/** The status that the caller was answered with; `abandonedStatus` where it went away before there was one. */
export function statusOf(outcome: Outcome): number {
  if (outcome.type === "failed") return unconfirmed.failures[outcome.failure].status;
  return outcome.status === 0 ? unconfirmed.abandonedStatus : outcome.status;
}

/** What went wrong between Lattice, the caller and the target. */
export function failureOf(outcome: Outcome): Failure | undefined {
  return "failure" in outcome ? outcome.failure : undefined;
}
