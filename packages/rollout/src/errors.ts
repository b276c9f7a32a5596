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

/** The candidate is being made and is not there yet, or not healthy: to be asked for again in a while. */
export class CandidateNotReady extends Error {
  override readonly name = "CandidateNotReady";
}

/** Lattice does not take the candidate's group or a target of it: asking again would not help. */
export class CandidateRefused extends Error {
  override readonly name = "CandidateRefused";
}

/** The names of errors that the workflows' Retry and Catch may match on, besides those of AWS. */
export const errorNames = [
  "CandidateNotReady",
  "CandidateRefused",
  "InvalidInput",
  "NotApplied",
  "Superseded",
  "Unavailable",
] as const;
