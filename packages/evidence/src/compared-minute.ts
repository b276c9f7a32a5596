import * as z from "zod";
import { ArmCounts, Counts } from "./counts.ts";
import { Minute } from "./minute.ts";

/** Both arms' counts of one minute by metric. A metric that is not there was not measured in time, which is no evidence. */
export const MetricCounts = z.record(z.string(), ArmCounts);
export type MetricCounts = z.infer<typeof MetricCounts>;

/** A closed minute of several metrics: counted in at least one of them, or given up as missing. */
export const ComparedMinute = z.discriminatedUnion("type", [
  z.object({ type: z.literal("counted"), minute: Minute, metrics: MetricCounts }),
  z.object({ type: z.literal("missing"), minute: Minute }),
]);
export type ComparedMinute = z.infer<typeof ComparedMinute>;

/** One minute of the stable arm's history, by metric. */
export const PastMinute = z.record(z.string(), Counts);
export type PastMinute = z.infer<typeof PastMinute>;
