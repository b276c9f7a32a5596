import { normal } from "../chance/normal.ts";
import type { Chance } from "../chance/philox.ts";
import { exp } from "../chance/portable-math.ts";
import type { Stream } from "./streams.ts";

/** How a run's noise varies: standard deviation of the factor's logarithm, and its correlation from minute to minute. */
export interface NoiseLaw {
  readonly sigma: number;
  readonly correlation: number;
}

/**
 * Lognormal factors of mean 1 for the minutes from `first` (negative before the rollout) on, written into `out`. Their
 * logarithms are a stationary autoregression of order 1.
 */
export function noisePath(
  out: Float64Array,
  chance: Chance,
  { stream, run, first }: { stream: Stream; run: number; first: number },
  { sigma, correlation }: NoiseLaw,
): void {
  if (sigma === 0) {
    out.fill(1);
    return;
  }
  const fresh = Math.sqrt(1 - correlation * correlation);
  let level = 0;
  for (let k = 0; k < out.length; k += 1) {
    chance.goTo(stream, run, first + k);
    const draw = normal(chance);
    level = k === 0 ? draw : correlation * level + fresh * draw;
    out[k] = exp(sigma * level - (sigma * sigma) / 2);
  }
}
