import type {
  Datapoint,
  GetMetricStatisticsInput,
  GetMetricStatisticsOutput,
} from "@aws-sdk/client-cloudwatch";
import type { Operation } from "../../platform.ts";
import type { CloudWatch } from "../cloud-watch.ts";
import { dataPoints } from "../data-points.ts";
import type { Datum } from "../datum.ts";
import { dimensionRecord } from "../dimensions.ts";
import { minute } from "../metric-store.ts";
import { periodInMs, timeRange } from "../period.ts";
import { refuseCombination, refuseValue } from "../refuse.ts";
import { parseStatistic, type Statistic } from "../statistic.ts";

/** AWS's limit on one answer. */
const mostDataPoints = 1440;

export function getMetricStatistics({
  platform,
  store,
}: CloudWatch): Operation<GetMetricStatisticsInput, GetMetricStatisticsOutput> {
  return {
    permissions: () => [{ action: "cloudwatch:GetMetricStatistics", resource: "*" }],
    run(input) {
      const { Namespace = "", MetricName = "", Dimensions, Unit } = input;
      const { start, end } = timeRange(input.StartTime, input.EndTime);
      const period = periodInMs(input.Period);
      if ((end - start) / period > mostDataPoints) {
        refuseCombination(
          `You have requested up to ${Math.ceil((end - start) / period)} datapoints, which exceeds the limit of ${mostDataPoints}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
        );
      }
      const simple = statisticsNamed(input.Statistics);
      const extended = statisticsNamed(input.ExtendedStatistics);
      if (simple.size + extended.size === 0) {
        refuseCombination(
          "At least one of the parameters Statistics and ExtendedStatistics must be specified.",
        );
      }
      const series = store.find({
        namespace: Namespace,
        metric: MetricName,
        dimensions: dimensionRecord(Dimensions),
      });
      const unit = series?.unit ?? "None";
      const range = { start: Math.floor(start / minute) * minute, end, period, now: platform.clock.now() };
      const points = dataPoints(Unit === undefined || Unit === unit ? series : undefined, range);
      return {
        Label: MetricName,
        Datapoints: points.map(
          ({ at, datum }): Datapoint => ({
            Timestamp: new Date(at),
            Unit: unit as Datapoint["Unit"],
            ...values(simple, datum),
            ...(extended.size === 0 ? {} : { ExtendedStatistics: values(extended, datum) }),
          }),
        ),
      };
    },
  };
}

function statisticsNamed(names: readonly string[] = []): Map<string, Statistic> {
  return new Map(
    names.map((name) => [
      name,
      parseStatistic(name) ?? refuseValue(`The value ${name} for parameter Statistics is not supported.`),
    ]),
  );
}

const values = (statistics: ReadonlyMap<string, Statistic>, datum: Datum): Record<string, number> =>
  Object.fromEntries([...statistics].map(([name, statistic]) => [name, statistic(datum)]));
