import { AwsError } from "../../aws-error.ts";
import type { Platform } from "../../platform.ts";
import type { MetricStore } from "../metric-store.ts";
import { queryMetrics } from "../query-metrics.ts";
import { refuseCombination } from "../refuse.ts";
import type { Alarm, AlarmSettings, AlarmState } from "./alarm.ts";
import { alarmQueries } from "./alarm-queries.ts";
import { periodOf } from "./check-alarm.ts";
import { judge, type Point } from "./judge.ts";
import { judgedState } from "./reason.ts";

/** How many more periods than it evaluates an alarm looks at. AWS says that it does and not how many; its examples look at two. */
const morePeriods = 2;

interface Metrics {
  readonly platform: Platform;
  readonly store: MetricStore;
}

/** The state that an alarm should be in now; the one it is in where nothing speaks for another. */
export function evaluated({ settings, state }: Alarm, metrics: Metrics): AlarmState {
  const now = metrics.platform.clock.now();
  try {
    const judgement = judge(alarmPoints(settings, metrics), settings);
    const { state: value = state.value } = judgement;
    return value === state.value ? state : judgedState(value, judgement, settings, now);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (state.value === "INSUFFICIENT_DATA") return state;
    return { value: "INSUFFICIENT_DATA", reason: error.message, at: now };
  }
}

/** The periods that the alarm looks at, oldest first. Throws AwsError where its queries are wrong. */
export function alarmPoints(settings: AlarmSettings, { platform, store }: Metrics): readonly Point[] {
  const queries = alarmQueries(settings);
  const period = periodOf(settings) * 1000;
  const length = settings.EvaluationPeriods + morePeriods;
  const end = Math.floor(platform.clock.now() / period) * period;
  const start = end - length * period;
  const found = queryMetrics({ platform, store }, queries, { start, end });
  const returned = found[queries.findIndex(({ ReturnData = true }) => ReturnData)] ?? [];
  const [series, ...others] = returned;
  if (series === undefined || others.length > 0) {
    return refuseCombination(`Metrics: an alarm watches one time series, not ${returned.length}.`);
  }
  return Array.from({ length }, (_, index) => {
    const at = start + index * period;
    return { at, value: series.points.get(at) };
  });
}
