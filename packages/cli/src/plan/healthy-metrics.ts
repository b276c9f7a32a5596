import {
  type Admitted,
  firstUnread,
  type Instant,
  Seen,
  toMillis,
  wantedThresholds,
} from "@espalier/rollout";

/** What the stable group's history would say, had it been read. */
const PERCENTILES_MS = { p90: 100, p99: 300 } as const;

/** A minute's metrics are there a minute after it has ended. */
const LAG_MS = 60_000;

/** What a look sees of a service with so many requests a minute, of which neither version fails any or is slow. */
export function healthyMetrics(rollout: Admitted, at: Instant, requestsPerMinute: number): Seen {
  const wanted = Object.entries(wantedThresholds(rollout));
  const thresholds = wanted.map(([name, ms]) => [name, typeof ms === "number" ? ms : PERCENTILES_MS[ms]]);
  const from = firstUnread(rollout);
  const to = Math.floor((toMillis(at) - LAG_MS) / 60_000) - 1;
  const readings = Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => {
    const minute = from + k;
    const candidate = minute < startMinute(rollout) ? 0 : (rollout.written ?? 0) / 100;
    const arms = {
      candidate: served(minute, requestsPerMinute * candidate),
      stable: served(minute, requestsPerMinute * (1 - candidate)),
    };
    return { minute, ...arms, slow: Object.fromEntries(wanted.map(([name]) => [name, arms])) };
  });
  return Seen.parse({ readings, thresholds: Object.fromEntries(thresholds) });
}

const startMinute = ({ startedAt }: Admitted) => Math.floor(toMillis(startedAt) / 60_000);

/** A rate in whole numbers that are as even as they can be. */
const served = (minute: number, rate: number) => ({
  requests: Math.floor((minute + 1) * rate) - Math.floor(minute * rate),
  bad: 0,
});
