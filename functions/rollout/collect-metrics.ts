import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { Minute, minuteAt, type Reading } from "@espalier/evidence";
import {
  type Alarms,
  historyMinutes,
  Instant,
  type MetricQueries,
  type Metrics,
  type Sighting,
  type Thresholds,
  toMillis,
  Unavailable,
} from "@espalier/rollout";
import * as z from "zod";
import { cloudWatchAlarms } from "../adapters/cloudwatch-alarms.ts";
import { cloudWatchMetrics } from "../adapters/cloudwatch-metrics.ts";
import { cloudWatchQueries } from "../adapters/cloudwatch-queries.ts";
import { lambda } from "../lambda.ts";
import { Watch } from "./watch.ts";

const Input = z.object({ watch: Watch.nullish(), at: Instant });

interface Dependencies {
  readonly metrics: Metrics;
  readonly queries: MetricQueries;
  readonly alarms: Alarms;
}

// The minutes that end between the plan to read a history and its being read.
const SPARE_MINUTES = 5;

/**
 * Reads the counts of the whole minutes that are not closed yet, the thresholds that slow requests were counted by, the user's own
 * metrics and alarms. Not being able to is what it answers, never a bad candidate; what may pass is thrown, to be tried again.
 */
export function collectMetrics(dependencies: Dependencies) {
  return async ({ watch, at }: z.infer<typeof Input>): Promise<Sighting & { at: Instant }> => {
    // An execution that only rolls back watches nothing.
    if (watch == null) return { at, looked: false };
    try {
      return { at, ...(await read(dependencies, watch, at)) };
    } catch (error) {
      if (!(error instanceof Error) || error instanceof Unavailable) throw error;
      return { at, unreadable: `${error.name}: ${error.message}` };
    }
  };
}

async function read(
  { metrics, queries, alarms }: Dependencies,
  watch: Watch,
  at: Instant,
): Promise<Sighting> {
  const states = await alarms.states(watch.alarms);
  const from = Minute.parse(watch.after + 1);
  const last = Minute.parse(minuteAt(toMillis(at)) - 1);
  if (watch.idle || from > last) return { alarms: states };
  const most = historyMinutes(1 + Object.keys(watch.slow).length + watch.ratios.length) + SPARE_MINUTES;
  const to = Minute.parse(Math.min(last, from + most - 1));
  const thresholds = await thresholdsOf(metrics, watch, from, to);
  const [served, ratios, levels] = await Promise.all([
    metrics.read(watch, from, to, thresholds),
    queries.ratios(watch, watch.ratios, from, to),
    queries.levels(watch, watch.levels, from, to),
  ]);
  const readings = served.map((reading) => withRatios(reading, ratios.get(reading.minute)));
  return { readings, thresholds, levels, alarms: states, ...(to < last ? { through: to } : {}) };
}

/** An arm that served nothing has no ratio either, and its minute need not wait for one. */
function withRatios(reading: Reading, ratios: Reading["slow"]): Reading {
  if (ratios === undefined || Object.keys(ratios).length === 0) return reading;
  const nothing = { requests: 0, bad: 0 };
  const filled = Object.entries(ratios).map(([name, { candidate, stable }]) => {
    const arms = {
      candidate: candidate.requests === null && reading.candidate.requests === 0 ? nothing : candidate,
      stable: stable.requests === null && reading.stable.requests === 0 ? nothing : stable,
    };
    return [name, arms];
  });
  return { ...reading, slow: { ...reading.slow, ...Object.fromEntries(filled) } };
}

/** A threshold that the stable group has no history for is left out. */
async function thresholdsOf(metrics: Metrics, { stable, slow }: Watch, from: Minute, to: Minute) {
  const thresholds: Thresholds = {};
  for (const [name, wanted] of Object.entries(slow)) {
    const ms = typeof wanted === "number" ? wanted : await metrics.percentile(stable, wanted, from, to);
    if (ms !== null) thresholds[name] = ms;
  }
  return thresholds;
}

export const handler = lambda(Input, collectMetrics, () => {
  const client = new CloudWatchClient();
  return {
    metrics: cloudWatchMetrics(client),
    queries: cloudWatchQueries(client),
    alarms: cloudWatchAlarms(client),
  };
});
