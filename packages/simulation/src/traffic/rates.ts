import { sineOfTurn } from "../chance/portable-math.ts";
import type { World } from "../world.ts";
import { type SlowerThan, type SlowShares, shareBeyond, slowShares } from "./latency.ts";

/** A world worked out by minutes: what is expected of each, before noise and chance. Indexed by the rollout's minute. */
export interface Rates {
  /** Requests a minute of both arms together. */
  readonly requests: Float64Array;
  readonly stableErrors: Float64Array;
  readonly candidateErrors: Float64Array;
  readonly slow: { readonly stable: SlowShares; readonly candidate: SlowShares };
  /** Requests a minute of the stable arm alone before the rollout, oldest first. */
  readonly historyRequests: Float64Array;
  readonly historyErrors: number;
}

type Period = NonNullable<World["outage"]>;

/** What the world expects of each minute, taken at the minute's middle, with slow requests counted beyond these thresholds. */
export function ratesOf(world: World, slowerThan?: SlowerThan): Rates {
  const { minutes, historyMinutes, stable, candidate } = world;
  const added = (minute: number) => during(world.outage, minute);
  return {
    requests: fill(minutes, (minute) => requestsAt(world, minute)),
    stableErrors: fill(minutes, (minute) => stable.errorRate + added(minute)),
    candidateErrors: fill(
      minutes,
      (minute) =>
        candidate.errorRate +
        added(minute) +
        during(candidate.fault, minute) +
        leaked(candidate.leak, minute),
    ),
    slow: slowShares(world, slowerThan),
    historyRequests: fill(historyMinutes, (minute) => requestsAt(world, minute - historyMinutes)),
    historyErrors: stable.errorRate,
  };
}

/**
 * How much larger the share of bad requests (5xx, or slower than the stable p99) is on the candidate, and whether any rate of
 * it is larger at all. Noise has no say: it is luck, and not the version's doing.
 */
export function harmOf({ slow, stableErrors, candidateErrors }: Rates, minute: number) {
  const errors = Math.max(0, (candidateErrors[minute] ?? 0) - (stableErrors[minute] ?? 0));
  const more = (count: "slowerThanP90" | "slowerThanP99") =>
    Math.max(0, shareBeyond(slow.candidate, count) - shareBeyond(slow.stable, count));
  const slower = more("slowerThanP99");
  const slowerAtAll = slower > 0 || more("slowerThanP90") > 0;
  return { worse: errors > 0 || slowerAtAll, excessRate: Math.min(1, errors + slower) };
}

const fill = (length: number, at: (minute: number) => number) =>
  Float64Array.from({ length }, (_, k) => at(k));

function requestsAt({ requestsPerSecond, diurnal }: World, minute: number): number {
  if (!diurnal) return 60 * requestsPerSecond;
  return (
    60 * requestsPerSecond * (1 + diurnal.amplitude * sineOfTurn((minute + 0.5) / diurnal.periodMinutes))
  );
}

function during(period: Period | undefined, minute: number): number {
  if (!period) return 0;
  const middle = minute + 0.5;
  return middle > period.fromMinute && middle < period.toMinute ? period.addErrorRate : 0;
}

function leaked(leak: Period | undefined, minute: number): number {
  if (!leak) return 0;
  const grown = (minute + 0.5 - leak.fromMinute) / (leak.toMinute - leak.fromMinute);
  return leak.addErrorRate * Math.min(1, Math.max(0, grown));
}
