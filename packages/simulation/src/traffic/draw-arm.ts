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
  const sooner = slow.fixed > slow.p90;
  const first = Math.max(slow.p90, slow.fixed);
  const beyondFirst = binomial(chance, n, first);
  // A request beyond a threshold is beyond every lower one, so each count is drawn among those beyond the one below it.
  if (sooner) {
    out.slowerThan500ms = beyondFirst;
    out.slowerThanP90 = among(chance, beyondFirst, slow.p90, first);
    out.slowerThanP99 = among(chance, out.slowerThanP90, slow.p99, slow.p90);
    return;
  }
  out.slowerThanP90 = beyondFirst;
  if (slow.fixed > slow.p99) {
    out.slowerThan500ms = among(chance, beyondFirst, slow.fixed, first);
    out.slowerThanP99 = among(chance, out.slowerThan500ms, slow.p99, slow.fixed);
  } else {
    out.slowerThanP99 = among(chance, beyondFirst, slow.p99, first);
    out.slowerThan500ms = among(chance, out.slowerThanP99, slow.fixed, slow.p99);
  }
}

function among(chance: Chance, count: number, share: number, ofShare: number): number {
  return ofShare === 0 ? 0 : binomial(chance, count, share / ofShare);
}
