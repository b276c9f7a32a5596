import { World } from "../../../packages/simulation/src/index.ts";

/** What a world's score should be, for Espalier. Shares are of the runs; "at most" may be met exactly, "under" may not. */
export interface Goal {
  readonly rolledBackAtMost?: number;
  readonly minutesTo90?: number;
  readonly minutesToFull?: number;
  readonly foundAtLeast?: number;
  readonly exposureUnder?: number;
  readonly excessUnder?: number;
  /** Median minutes to the rollback, counted from this minute of the world. */
  readonly rollbackAfter?: { readonly minute: number; readonly atMost: number };
}

/** A world to compare in, and what is asked of Espalier there; nothing is, of the worlds that only show. */
export interface Case {
  readonly kind: "healthy" | "faulty";
  readonly world: World;
  readonly goal: Goal;
}

interface Shape {
  readonly rps: number;
  readonly base: number;
  readonly to?: number;
  readonly minutes?: number;
  readonly candidate?: Readonly<Record<string, unknown>>;
  readonly more?: Readonly<Record<string, unknown>>;
}

function worldOf(name: string, { rps, base, to = base, minutes = 60, candidate, more }: Shape): World {
  return World.parse({
    name,
    minutes,
    requestsPerSecond: rps,
    stable: { errorRate: base },
    candidate: { errorRate: to, ...candidate },
    ...more,
  });
}

const FALSE_ALARMS = { rolledBackAtMost: 0.01 };

const healthy = (name: string, shape: Shape, goal: Goal = {}): Case => ({
  kind: "healthy",
  world: worldOf(name, shape),
  goal: { ...FALSE_ALARMS, ...goal },
});
const faulty = (name: string, shape: Shape, goal: Goal = {}): Case => ({
  kind: "faulty",
  world: worldOf(name, shape),
  goal,
});
const shown = (one: Case): Case => ({ ...one, goal: {} });

const shared = (sigma: number) => ({ noise: { sharedSigma: sigma } });
const bursts = (sigma: number, correlation = 0) => ({
  noise: { perArmSigma: sigma, perArmCorrelation: correlation },
});
const period = (fromMinute: number, toMinute: number, addErrorRate: number) => ({
  fromMinute,
  toMinute,
  addErrorRate,
});

const healthyCases: readonly Case[] = [
  healthy("200 rps", { rps: 200, base: 0.001 }, { minutesTo90: 5, minutesToFull: 15 }),
  healthy("20 rps", { rps: 20, base: 0.001 }, { minutesTo90: 8, minutesToFull: 18 }),
  healthy("1 rps", { rps: 1, base: 0.001 }, { minutesTo90: 22, minutesToFull: 38 }),
  healthy("0.05 rps", { rps: 0.05, base: 0.001 }),
  healthy("1% errors", { rps: 20, base: 0.01 }),
  healthy("1% errors, shared noise 0.5", { rps: 20, base: 0.01, more: shared(0.5) }),
  healthy("1.2% errors", { rps: 20, base: 0.012 }),
  healthy("1.2% errors, shared noise 0.5", { rps: 20, base: 0.012, more: shared(0.5) }),
  healthy("2% errors", { rps: 20, base: 0.02 }),
  healthy("2% errors, shared noise 0.5", { rps: 20, base: 0.02, more: shared(0.5) }),
  healthy("outage of both arms", { rps: 20, base: 0.001, more: { outage: period(3, 13, 0.2) } }),
  healthy("diurnal", { rps: 20, base: 0.001, more: { diurnal: { amplitude: 0.8, periodMinutes: 60 } } }),
  healthy("10% of minutes missing", { rps: 20, base: 0.001, more: { missingMinutes: 0.1 } }),
  healthy("30% of minutes missing", { rps: 20, base: 0.001, more: { missingMinutes: 0.3 } }),
  healthy("lag 4", { rps: 20, base: 0.001, more: { metricLagMinutes: 4 } }),
  healthy("bursts 0.3", { rps: 20, base: 0.01, more: bursts(0.3) }),
  healthy("bursts 0.5", { rps: 20, base: 0.01, more: bursts(0.5) }),
  healthy("bursts 0.7", { rps: 20, base: 0.01, more: bursts(0.7) }),
  healthy("bursts 1", { rps: 20, base: 0.01, more: bursts(1) }),
  healthy(
    "bursts 0.7, correlation 0.6",
    { rps: 20, base: 0.01, more: bursts(0.7, 0.6) },
    { rolledBackAtMost: 0.015 },
  ),
  healthy("50 rps, 0.3% errors", { rps: 50, base: 0.003 }),
  healthy("shared noise 1", { rps: 20, base: 0.005, more: shared(1) }),
  healthy("a better candidate", { rps: 20, base: 0.02, to: 0.01 }),
  healthy("a slow service", {
    rps: 20,
    base: 0.001,
    more: { stable: { errorRate: 0.001, latencyMs: { p50: 200, p99: 650 } } },
  }),
  healthy("no history", { rps: 20, base: 0.001, more: { historyMinutes: 0 } }),
  healthy("a late outage of both arms", { rps: 20, base: 0.001, more: { outage: period(12, 25, 0.05) } }),
  shown(healthy("bursts 0.7, correlation 0.9", { rps: 20, base: 0.01, more: bursts(0.7, 0.9) })),
  shown(
    healthy("bursts 0.7, no history", { rps: 20, base: 0.01, more: { ...bursts(0.7), historyMinutes: 0 } }),
  ),
];

const faultyCases: readonly Case[] = [
  faulty("0.1 to 0.5%, 200 rps", { rps: 200, base: 0.001, to: 0.005 }),
  faulty("0.1 to 0.5%", { rps: 20, base: 0.001, to: 0.005 }, { foundAtLeast: 0.95, exposureUnder: 7 }),
  faulty("0.1 to 1%", { rps: 20, base: 0.001, to: 0.01 }, { foundAtLeast: 1, exposureUnder: 1.1 }),
  faulty("0.1 to 1%, lag 0", { rps: 20, base: 0.001, to: 0.01, more: { metricLagMinutes: 0 } }),
  faulty("0.1 to 1%, lag 4", { rps: 20, base: 0.001, to: 0.01, more: { metricLagMinutes: 4 } }),
  faulty("0.1 to 1%, 30% missing", { rps: 20, base: 0.001, to: 0.01, more: { missingMinutes: 0.3 } }),
  faulty("0.1 to 1%, no history", { rps: 20, base: 0.001, to: 0.01, more: { historyMinutes: 0 } }),
  faulty("0.1 to 5%", { rps: 20, base: 0.001, to: 0.05 }, { excessUnder: 8 }),
  faulty("0.1 to 5%, 1 rps", { rps: 1, base: 0.001, to: 0.05 }, { exposureUnder: 1.9 }),
  faulty("0.1 to 2%, 5 rps", { rps: 5, base: 0.001, to: 0.02 }),
  faulty("0.1 to 20%, 0.05 rps", { rps: 0.05, base: 0.001, to: 0.2 }),
  faulty("0.1 to 0.3%, 200 rps", { rps: 200, base: 0.001, to: 0.003 }),
  faulty("0.5 to 1.5%, 50 rps", { rps: 50, base: 0.005, to: 0.015 }),
  faulty(
    "2 to 4%, shared noise 0.5",
    { rps: 20, base: 0.02, to: 0.04, more: shared(0.5) },
    {
      foundAtLeast: 0.99,
      exposureUnder: 2.1,
    },
  ),
  faulty(
    "1 to 3%, bursts 0.7",
    { rps: 20, base: 0.01, to: 0.03, more: bursts(0.7) },
    {
      foundAtLeast: 0.97,
      exposureUnder: 2.5,
    },
  ),
  faulty("1 to 5%, bursts 1", { rps: 20, base: 0.01, to: 0.05, more: bursts(1) }),
  faulty("latency x1.2", { rps: 20, base: 0.001, candidate: { latencyScale: 1.2 } }, { exposureUnder: 1.2 }),
  faulty("latency x1.5", { rps: 20, base: 0.001, candidate: { latencyScale: 1.5 } }),
  faulty("latency x1.5, 1 rps", { rps: 1, base: 0.001, candidate: { latencyScale: 1.5 } }),
  faulty("latency x4", { rps: 20, base: 0.001, candidate: { latencyScale: 4 } }),
  faulty("slow tail of 3%", { rps: 20, base: 0.001, candidate: { slowTail: 0.03 } }),
  faulty(
    "leak 0 to 5%, minutes 5 to 45",
    { rps: 20, base: 0.001, candidate: { leak: period(5, 45, 0.05) } },
    {
      exposureUnder: 4.5,
    },
  ),
  faulty(
    "leak 0 to 4%, minutes 8 to 50, 30 rps, 90 min",
    { rps: 30, base: 0.001, minutes: 90, candidate: { leak: period(8, 50, 0.04) } },
    { foundAtLeast: 0.97 },
  ),
  faulty("fault of 3% from minute 14, 25 rps", {
    rps: 25,
    base: 0.001,
    candidate: { fault: period(14, 60, 0.03) },
  }),
  faulty(
    "fault of 3% from minute 30, 25 rps, 90 min",
    { rps: 25, base: 0.001, minutes: 90, candidate: { fault: period(30, 90, 0.03) } },
    { foundAtLeast: 0.99, rollbackAfter: { minute: 30, atMost: 6 } },
  ),
  faulty("slow leak 0 to 1%, minutes 10 to 80, 100 rps, 90 min", {
    rps: 100,
    base: 0.001,
    minutes: 90,
    candidate: { leak: period(10, 80, 0.01) },
  }),
  faulty("fault of 5% for 3 minutes from minute 6", {
    rps: 20,
    base: 0.001,
    candidate: { fault: period(6, 9, 0.05) },
  }),
  faulty("0.1 to 1% in an outage of both arms", {
    rps: 20,
    base: 0.001,
    to: 0.01,
    more: { outage: period(3, 13, 0.2) },
  }),
];

/** The worlds of the comparison: those that the design was measured in, and others that it was not made for. */
export const cases: readonly Case[] = [...healthyCases, ...faultyCases];
