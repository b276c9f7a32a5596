import type { ArmCounts } from "./counts.ts";

/** The line of "no worse": candidate rate <= ratio * stable rate + slack, in every minute. */
export interface NoWorse {
  readonly ratio: number;
  readonly slack: number;
}

/**
 * The natural logarithm of one minute's e-value against "no worse", betting that the candidate's rate is `alternative`
 * times the line. With the stable rate anything at all, its expectation under "no worse" is at most 1:
 * e = a^X_c * b^X_b * exp(-n_c * slack * (a - 1)). A minute with an idle arm is worth nothing.
 */
export function logPoissonBet(
  noWorse: NoWorse,
  alternative: number,
  { candidate, stable }: ArmCounts,
): number {
  if (candidate.requests === 0 || stable.requests === 0) return 0;
  const exposed = noWorse.ratio * candidate.requests;
  const total = exposed + stable.requests;
  const a = (alternative * total) / (alternative * exposed + stable.requests);
  const b = total / (alternative * exposed + stable.requests);
  return (
    candidate.bad * Math.log(a) + stable.bad * Math.log(b) - candidate.requests * noWorse.slack * (a - 1)
  );
}
