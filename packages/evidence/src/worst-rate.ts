import type { Counts } from "./counts.ts";
import { MARGINS } from "./margins.ts";

// Enough halvings for nine digits.
const HALVINGS = 30;

/**
 * The largest rate of bad requests that the counts do not yet exclude. The chance that it is ever excluded although every
 * minute's rate is at least that is at most `beta`, however often one looks: for margins f, the mean of
 * (1 - f)^bad * exp(requests * rate * f) is an e-process against such rates.
 */
export function worstRate({ requests, bad }: Counts, beta: number): number {
  const excluded = (rate: number) => {
    const sum = MARGINS.reduce((total, f) => total + Math.exp(bad * Math.log1p(-f) + requests * rate * f), 0);
    return sum / MARGINS.length >= 1 / beta;
  };
  if (!excluded(1)) return 1;
  let [within, out] = [0, 1];
  for (let k = 0; k < HALVINGS; k += 1) {
    const middle = (within + out) / 2;
    if (excluded(middle)) out = middle;
    else within = middle;
  }
  return out;
}
