import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { Minute, minuteAt } from "@espalier/evidence";
import { Instant, type Metrics, toMillis } from "@espalier/rollout";
import * as z from "zod";
import { cloudWatchMetrics } from "../adapters/cloudwatch-metrics.ts";
import { lambda } from "../lambda.ts";
import { Watch } from "./watch.ts";

const Input = z.object({ watch: Watch, at: Instant });

/** Reads the counts of every whole minute that is not closed yet. Not being able to is an error, never a bad candidate. */
export function collectMetrics({ metrics }: { readonly metrics: Metrics }) {
  return async ({ watch, at }: z.infer<typeof Input>) => {
    const from = Minute.parse(watch.after + 1);
    const to = Minute.parse(minuteAt(toMillis(at)) - 1);
    return { at, readings: from > to ? [] : await metrics.read(watch, from, to) };
  };
}

export const handler = lambda(Input, collectMetrics, () => ({
  metrics: cloudWatchMetrics(new CloudWatchClient()),
}));
