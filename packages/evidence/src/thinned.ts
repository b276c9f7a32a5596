import type { ArmCounts } from "./counts.ts";

/** A whole difference of bad requests, candidate less stable, and its chance. */
export type Difference = readonly [difference: number, chance: number];

// Below this a chance adds nothing that a double could hold.
const NEGLIGIBLE = 1e-18;

/**
 * How the two arms' bad requests may differ once the larger arm is thinned to the size of the other (`ratio` times the
 * candidate's requests against the stable one's): each bad request of the larger arm stays with the chance that makes the two
 * sizes alike. The binomial law is summed outwards from its mode, so that large counts neither underflow nor take long.
 */
export function thinnedDifferences(ratio: number, { candidate, stable }: ArmCounts): Difference[] {
  const exposed = ratio * candidate.requests;
  const thinStable = exposed < stable.requests;
  const kept = thinStable ? exposed / stable.requests : stable.requests / exposed;
  const [thin, whole] = thinStable ? [stable.bad, candidate.bad] : [candidate.bad, stable.bad];
  const sign = thinStable ? -1 : 1;
  return binomial(Math.round(thin), kept).map(([count, chance]) => [
    Math.round(sign * (count - whole)),
    chance,
  ]);
}

function binomial(trials: number, chance: number): [count: number, chance: number][] {
  if (chance >= 1) return [[trials, 1]];
  const odds = chance / (1 - chance);
  const mode = Math.min(trials, Math.floor((trials + 1) * chance));
  const terms: [number, number][] = [[mode, 1]];
  for (let k = mode, term = 1; k < trials; k += 1) {
    term *= ((trials - k) / (k + 1)) * odds;
    if (term < NEGLIGIBLE) break;
    terms.push([k + 1, term]);
  }
  for (let k = mode, term = 1; k > 0; k -= 1) {
    term *= k / ((trials - k + 1) * odds);
    if (term < NEGLIGIBLE) break;
    terms.push([k - 1, term]);
  }
  const total = terms.reduce((sum, [, term]) => sum + term, 0);
  return terms.map(([count, term]) => [count, term / total]);
}
