/** Another execution has taken the rollout over: this one is to end and to leave everything alone. */
export class Superseded extends Error {
  override readonly name = "Superseded";
}

/** An AWS service asks for patience, or failed in itself: worth another try. */
export class Unavailable extends Error {
  override readonly name = "Unavailable";
}

/** Weights were written and do not read back. */
export class NotApplied extends Error {
  override readonly name = "NotApplied";
}

/** The names of errors that the workflows' Retry and Catch may match on, besides those of AWS. */
export const errorNames = ["InvalidInput", "NotApplied", "Superseded", "Unavailable"] as const;
