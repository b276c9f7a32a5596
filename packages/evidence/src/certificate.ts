import * as z from "zod";
import type { ArmCounts } from "./counts.ts";
import { MARGINS } from "./margins.ts";
import { MOST } from "./mixture.ts";

/**
 * What a certificate denies: that the candidate's rate is at least `ratio` times the stable one's plus `slack` in every
 * minute. The chance of ever certifying a candidate for which that holds is at most `beta`.
 */
export const CertificatePlan = z.object({
  ratio: z.number().positive(),
  slack: z.number().nonnegative(),
  beta: z.number().gt(0).lt(1),
});
export type CertificatePlan = z.infer<typeof CertificatePlan>;

/** How far a certificate has come. Once held it stays held. `logs` are the logarithms of the running products. */
export const CertificateState = z.discriminatedUnion("held", [
  z.object({ held: z.literal(true) }),
  z.object({ held: z.literal(false), logs: z.array(z.number()) }),
]);
export type CertificateState = z.infer<typeof CertificateState>;

const LOST = MARGINS.map((margin) => Math.log1p(-margin));

/** The certificate before any minute. */
export const startCertificate = (): CertificateState => ({ held: false, logs: MARGINS.map(() => 0) });

/**
 * The certificate after one more minute. For each margin f, with m = ratio * (n_c / n_b) * f, the minute multiplies
 * (1 + m)^X_b * (1 - f)^X_c * exp(n_b * slack * m / ratio): the regression test with the roles swapped. It grows with clean
 * traffic. A minute with an idle arm is worth nothing.
 */
export function certify(
  { ratio, slack, beta }: CertificatePlan,
  state: CertificateState,
  { candidate, stable }: ArmCounts,
): CertificateState {
  if (state.held || candidate.requests === 0 || stable.requests === 0) return state;
  const logs = MARGINS.map((margin, k) => {
    const m = (ratio * candidate.requests * margin) / stable.requests;
    const grown = stable.bad * Math.log1p(m) + candidate.bad * (LOST[k] ?? 0);
    return (state.logs[k] ?? 0) + grown + (stable.requests * slack * m) / ratio;
  });
  return certainty({ held: false, logs }) >= 1 / beta ? { held: true } : { held: false, logs };
}

/** The evidence that the candidate is better than the line, as odds to 1: the mean of the products over the margins. */
export function certainty(state: CertificateState): number {
  if (state.held) return MOST;
  const sum = state.logs.reduce((total, log) => total + Math.exp(Math.min(300, log)), 0);
  return sum / state.logs.length;
}
