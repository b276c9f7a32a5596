import { wantedFields } from "@espalier/rollout";
import * as z from "zod";

const share = (error: string) => z.number({ error }).min(0, { error }).max(1, { error });
const between = (least: number, most: number, error: string) =>
  z.number({ error }).min(least, { error }).max(most, { error });
const whole = (least: number, most: number, error: string) =>
  z.int({ error }).min(least, { error }).max(most, { error });
const above = (most: number, error: string) => z.number({ error }).gt(0, { error }).max(most, { error });

const errorRate = share("an error rate is a share of the requests, from 0 to 1");
const minute = between(0, 10_080, "a minute of the rollout is a number from 0 to 10080");
const sigma = between(0, 3, "a sigma is a standard deviation of the logarithm, from 0 to 3");

const period = { fromMinute: minute, toMinute: minute, addErrorRate: errorRate };
const Period = (what: string) =>
  z.strictObject(period, wantedFields(what, period)).refine((p) => p.toMinute > p.fromMinute, {
    path: ["toMinute"],
    error: `${what} ends after it begins`,
  });

const milliseconds = above(1e6, "a latency is a number of milliseconds above 0");
const latency = { p50: milliseconds, p99: milliseconds };
const Latency = z
  .strictObject(latency, wantedFields("a latency", latency))
  .refine((l) => l.p99 > l.p50, { path: ["p99"], error: "the p99 is above the p50" });

const stable = { errorRate, latencyMs: Latency.default({ p50: 60, p99: 250 }) };

const candidate = {
  errorRate,
  latencyScale: above(100, "a latency scale is a factor above 0, 1 for no change").default(1),
  slowTail: share("a slow tail is an extra share of the requests, from 0 to 1").default(0),
  leak: Period("a leak").optional(),
  fault: Period("a fault").optional(),
};

const diurnal = {
  amplitude: share("an amplitude is a share of the mean traffic, from 0 to 1"),
  periodMinutes: above(1e6, "a period is a number of minutes above 0"),
};

const noise = {
  sharedSigma: sigma.default(0),
  perArmSigma: sigma.default(0),
  perArmCorrelation: between(-0.999, 0.999, "a correlation is above -1 and below 1").default(0),
};

const wantedName = { error: "a world has a name of 1 to 200 characters" };

const world = {
  name: z.string(wantedName).min(1, wantedName).max(200, wantedName),
  minutes: whole(1, 10_080, "a world lasts a whole number of minutes from 1 to 10080, which is a week"),
  requestsPerSecond: above(100_000, "the requests a second are a number above 0 and at most 100000"),
  diurnal: z.strictObject(diurnal, wantedFields("a diurnal", diurnal)).optional(),
  stable: z.strictObject(stable, wantedFields("the stable arm", stable)),
  candidate: z.strictObject(candidate, wantedFields("the candidate", candidate)),
  noise: z
    .strictObject(noise, wantedFields("a noise", noise))
    .default({ sharedSigma: 0, perArmSigma: 0, perArmCorrelation: 0 }),
  outage: Period("an outage").optional(),
  metricLagMinutes: whole(0, 60, "a metric lag is a whole number of minutes from 0 to 60").default(1),
  missingMinutes: share("missing minutes are a share of the minutes, from 0 to 1").default(0),
  historyMinutes: whole(0, 10_080, "a history is a whole number of minutes from 0 to 10080").default(240),
};

/**
 * What a rollout is to be tried on. Rates are shares of requests; a leak grows linearly to addErrorRate and stays, a fault
 * and an outage end; an outage is in both arms. Noise multiplies the error rate, adds and all, by a lognormal factor of mean
 * 1, new each minute.
 */
export const World = z.strictObject(world, wantedFields("a world", world));
export type World = z.infer<typeof World>;
