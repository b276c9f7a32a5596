import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describeIssues } from "@espalier/rollout";
import { describe, expect, test } from "vitest";
import { World } from "../src/index.ts";

const small = {
  name: "small",
  minutes: 60,
  requestsPerSecond: 20,
  stable: { errorRate: 0.001 },
  candidate: { errorRate: 0.001 },
};

const whole = {
  ...small,
  diurnal: { amplitude: 0.8, periodMinutes: 60 },
  stable: { errorRate: 0.001, latencyMs: { p50: 60, p99: 250 } },
  candidate: {
    errorRate: 0.001,
    latencyScale: 1,
    slowTail: 0,
    leak: { fromMinute: 5, toMinute: 45, addErrorRate: 0.05 },
    fault: { fromMinute: 20, toMinute: 60, addErrorRate: 0.02 },
  },
  noise: { sharedSigma: 0.5, perArmSigma: 0, perArmCorrelation: 0 },
  outage: { fromMinute: 3, toMinute: 13, addErrorRate: 0.2 },
  metricLagMinutes: 1,
  missingMinutes: 0,
  historyMinutes: 240,
};

describe("a world", () => {
  test("is kept as it is written when it says everything", () => {
    expect(World.parse(whole)).toEqual(whole);
  });

  test("has defaults for all but the name, the length, the traffic and the two arms", () => {
    expect(World.parse(small)).toEqual({
      ...small,
      stable: { errorRate: 0.001, latencyMs: { p50: 60, p99: 250 } },
      candidate: { errorRate: 0.001, latencyScale: 1, slowTail: 0 },
      noise: { sharedSigma: 0, perArmSigma: 0, perArmCorrelation: 0 },
      metricLagMinutes: 1,
      missingMinutes: 0,
      historyMinutes: 240,
    });
  });

  test.for([
    [{ name: "" }, 'name is ""; a world has a name of 1 to 200 characters'],
    [
      { minutes: 0.5 },
      "minutes is 0.5; a world lasts a whole number of minutes from 1 to 10080, which is a week",
    ],
    [
      { requestsPerSecond: 0 },
      "requestsPerSecond is 0; the requests a second are a number above 0 and at most 100000",
    ],
    [{ stable: undefined }, "stable is missing; the stable arm has the fields errorRate, latencyMs"],
    [
      { stable: { errorRate: "1%" } },
      'stable.errorRate is "1%"; an error rate is a share of the requests, from 0 to 1',
    ],
    [
      { stable: { errorRate: 0, latencyMs: { p50: 9, p99: 9 } } },
      "stable.latencyMs.p99 is 9; the p99 is above the p50",
    ],
    [
      { candidate: { errorRate: -1 } },
      "candidate.errorRate is -1; an error rate is a share of the requests, from 0 to 1",
    ],
    [
      { candidate: { errorRate: 0, slowtail: 0.1 } },
      "candidate.slowtail is not known; the candidate has the fields errorRate, latencyScale, slowTail, leak, fault",
    ],
    [
      { candidate: { errorRate: 0, leak: { fromMinute: 9, toMinute: 9, addErrorRate: 0.1 } } },
      "candidate.leak.toMinute is 9; a leak ends after it begins",
    ],
    [
      { noise: { perArmCorrelation: 1 } },
      "noise.perArmCorrelation is 1; a correlation is above -1 and below 1",
    ],
    [{ outage: { fromMinute: 3 } }, /^outage\.toMinute is missing; .*\noutage\.addErrorRate is missing; /],
    [{ missingMinutes: 2 }, "missingMinutes is 2; missing minutes are a share of the minutes, from 0 to 1"],
    [
      { metricLagMinutes: 0.5 },
      "metricLagMinutes is 0.5; a metric lag is a whole number of minutes from 0 to 60",
    ],
    [{ rule: "espalier" }, /^rule is not known; a world has the fields name, minutes, /],
  ] as const)("is refused by its field: %j", ([change, message]) => {
    const written = JSON.parse(JSON.stringify({ ...small, ...change }));
    const { error } = World.safeParse(written);
    if (!error) throw new Error("it was not refused");
    const said = describeIssues("", error, written).join("\n");
    if (typeof message === "string") expect(said).toBe(message);
    else expect(said).toMatch(message);
  });
});

const examples = path.resolve(import.meta.dirname, "../../../docs/worlds");

test.for(globSync("*.json", { cwd: examples }))("the example %s is a world", (file) => {
  expect(World.safeParse(JSON.parse(readFileSync(path.join(examples, file), "utf8"))).error).toBeUndefined();
});
