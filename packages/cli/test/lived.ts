import { firstUnread, type RolloutEvent, RolloutRequest, Seen, toMillis } from "@espalier/rollout";
import { rehearse } from "../src/plan/rehearse.ts";

/** A canary of two steps. */
export const canary = RolloutRequest.parse({
  service: "inventory",
  candidate: "inventory-v2",
  stable: "inventory-v1",
  requestedBy: "ana",
  reason: "a test",
  strategy: {
    type: "canary",
    steps: [
      { weight: 10, bakeMinutes: 3 },
      { weight: 50, bakeMinutes: 3 },
    ],
  },
});

const AT = "2026-03-01T12:00:20.000Z";

/** What happened to a rollout whose candidate fails one request in so many; 600 requests a minute, of which one in ten is slow. */
export function lived(failsOneIn = Number.POSITIVE_INFINITY, request = canary): readonly RolloutEvent[] {
  const { events } = rehearse(request, AT, (rollout, at) => {
    const [from, to] = [firstUnread(rollout), Math.floor(toMillis(at) / 60_000) - 2];
    const share = (rollout.written ?? 0) / 100;
    const [candidate, stable] = [600 * share, 600 * (1 - share)].map(Math.round) as [number, number];
    const slow = (requests: number) => ({ requests, bad: Math.round(requests / 10) });
    const reading = {
      candidate: { requests: candidate, bad: Math.round(candidate / failsOneIn) },
      stable: { requests: stable, bad: 0 },
      slow: { slowAtP90: { candidate: slow(candidate), stable: slow(stable) } },
    };
    const minutes = Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => from + k);
    const readings = minutes.map((minute) => ({ minute, ...reading }));
    return Seen.parse({ readings, thresholds: { slowAtP90: 42 } });
  });
  return events;
}
