import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { Minute, minuteAt } from "@espalier/evidence";
import { Instant, type Metrics, type Thresholds, toMillis } from "@espalier/rollout";
import * as z from "zod";
import { cloudWatchMetrics } from "../adapters/cloudwatch-metrics.ts";
import { lambda } from "../lambda.ts";
import { Watch } from "./watch.ts";

const Input = z.object({ watch: Watch, at: Instant });

/**
 * Reads the counts of every whole minute that is not closed yet, and the thresholds that slow requests were counted by. Not
 * being able to is an error, never a bad candidate.
 */
export function collectMetrics({ metrics }: { readonly metrics: Metrics }) {
  return async ({ watch, at }: z.infer<typeof Input>) => {
    const from = Minute.parse(watch.after + 1);
    const to = Minute.parse(minuteAt(toMillis(at)) - 1);
    if (from > to) return { at, readings: [], thresholds: {} };
    const thresholds = await thresholdsOf(metrics, watch, from, to);
    return { at, readings: await metrics.read(watch, from, to, thresholds), thresholds };
  };
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

export const handler = lambda(Input, collectMetrics, () => ({
  metrics: cloudWatchMetrics(new CloudWatchClient()),
}));
