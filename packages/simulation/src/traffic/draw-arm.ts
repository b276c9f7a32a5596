import { binomial } from "../chance/binomial.ts";
import type { Chance } from "../chance/philox.ts";
import { poisson } from "../chance/poisson.ts";
import type { SlowShares } from "./latency.ts";
import type { ArmCounts } from "./minute-counts.ts";

/** Draws what one arm serves in a minute: `requests` expected, each failing and each slow with its chance. */
export function drawArm(
  out: ArmCounts,
  chance: Chance,
  requests: number,
  errorRate: number,
  slow: SlowShares,
): void {
  const n = poisson(chance, requests);
  out.requests = n;
  out.errors = binomial(chance, n, Math.min(1, errorRate));
  // A request beyond a threshold is beyond every lower one, so each count is drawn among those beyond the one below it.
  let [among, ofShare] = [n, 1];
  for (let k = 0; k < slow.length; k += 1) {
    const threshold = slow[k];
    if (threshold === undefined) return;
    among = ofShare === 0 ? 0 : binomial(chance, among, threshold.share / ofShare);
    ofShare = threshold.share;
    out[threshold.count] = among;
  }
}
