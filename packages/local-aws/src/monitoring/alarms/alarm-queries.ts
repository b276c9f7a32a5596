import type { MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import type { AlarmSettings } from "./alarm.ts";

/** What an alarm asks of the metrics; one query returns its data. */
export function alarmQueries(settings: AlarmSettings): readonly MetricDataQuery[] {
  const { Metrics, Namespace, MetricName, Dimensions, Period, Unit, Statistic, ExtendedStatistic } = settings;
  if (Metrics !== undefined) return Metrics;
  return [
    {
      Id: "m1",
      MetricStat: {
        Metric: { Namespace, MetricName, ...(Dimensions === undefined ? {} : { Dimensions }) },
        Period,
        Stat: Statistic ?? ExtendedStatistic,
        ...(Unit === undefined ? {} : { Unit }),
      },
    },
  ];
}
