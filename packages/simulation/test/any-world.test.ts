import { AdaptiveStrategy } from "@espalier/rollout";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ruleNames, rules, simulate, World } from "../src/index.ts";
import { finish } from "./builders.ts";

const asked = { strategy: AdaptiveStrategy.parse({ type: "adaptive" }), alpha: 0.01 };
const deciders = ruleNames.map((name) => rules[name](asked));

const share = fc.double({ min: 0, max: 1, noNaN: true });
const rate = fc.oneof(fc.constantFrom(0, 0.001, 1), share);
const period = fc
  .record({
    fromMinute: fc.integer({ min: 0, max: 40 }),
    length: fc.integer({ min: 1, max: 40 }),
    addErrorRate: rate,
  })
  .map(({ fromMinute, length, addErrorRate }) => ({
    fromMinute,
    toMinute: fromMinute + length,
    addErrorRate,
  }));

const anyWorld = fc
  .record(
    {
      minutes: fc.integer({ min: 1, max: 70 }),
      requestsPerSecond: fc.constantFrom(0.0001, 0.01, 1, 30, 2000),
      diurnal: fc.record({ amplitude: share, periodMinutes: fc.double({ min: 1, max: 1000, noNaN: true }) }),
      stable: fc.record({
        errorRate: rate,
        latencyMs: fc
          .record({ p50: fc.double({ min: 1, max: 900, noNaN: true }), times: fc.constantFrom(1.001, 3, 50) })
          .map(({ p50, times }) => ({ p50, p99: p50 * times })),
      }),
      candidate: fc.record(
        {
          errorRate: rate,
          latencyScale: fc.constantFrom(0.1, 1, 1.2, 20),
          slowTail: rate,
          leak: period,
          fault: period,
        },
        { requiredKeys: ["errorRate"] },
      ),
      noise: fc.record({
        sharedSigma: fc.constantFrom(0, 1, 3),
        perArmSigma: fc.constantFrom(0, 0.7, 3),
        perArmCorrelation: fc.constantFrom(-0.9, 0, 0.999),
      }),
      outage: period,
      metricLagMinutes: fc.constantFrom(0, 1, 7),
      missingMinutes: rate,
      historyMinutes: fc.constantFrom(0, 1, 60, 240),
    },
    { requiredKeys: ["minutes", "requestsPerSecond", "stable", "candidate"] },
  )
  .map((written) => World.parse({ name: "any", ...written }));

test("any world is lived to its end under every rule, and scored in numbers", () => {
  fc.assert(
    fc.property(anyWorld, fc.integer({ min: 0, max: 2 ** 31 }), (world, seed) => {
      for (const score of finish(simulate(world, deciders, { runs: 2, seed }))) {
        expect(score.rolledBack + score.promoted + score.undecided).toBeCloseTo(1, 9);
        expect(score.exposureMinutes).toBeGreaterThanOrEqual(0);
        expect(score.exposureMinutes).toBeLessThanOrEqual(world.minutes);
        expect(score.excessBadRequests).toBeGreaterThanOrEqual(0);
        expect(score.excessBadRequests).toBeLessThanOrEqual(
          world.minutes * world.requestsPerSecond * 120 + 1e-6,
        );
        for (const minutes of [score.minutesTo90, score.minutesToFull, score.minutesToRollback]) {
          if (minutes === null) continue;
          expect(minutes).toBeGreaterThanOrEqual(0);
          expect(minutes).toBeLessThanOrEqual(world.minutes);
        }
      }
    }),
    { seed: 4, numRuns: 150 },
  );
});
