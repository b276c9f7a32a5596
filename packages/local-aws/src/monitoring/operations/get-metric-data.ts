import type {
  GetMetricDataInput,
  GetMetricDataOutput,
  MetricDataQuery,
  MetricDataResult,
} from "@aws-sdk/client-cloudwatch";
import type { Operation } from "../../platform.ts";
import type { CloudWatch } from "../cloud-watch.ts";
import { dataPoints } from "../data-points.ts";
import { dimensionRecord } from "../dimensions.ts";
import { pageOfResults } from "../page-of-results.ts";
import { periodInMs, timeRange } from "../period.ts";
import { refuseCombination, refuseValue } from "../refuse.ts";
import { parseStatistic } from "../statistic.ts";

/** AWS's limits on one call. */
const mostQueries = 500;
const mostDataPoints = 100_800;

/** Queries with a MetricStat; expressions are refused and come later. Newest first unless ScanBy says otherwise. */
export function getMetricData(watch: CloudWatch): Operation<GetMetricDataInput, GetMetricDataOutput> {
  return {
    permissions: () => [{ action: "cloudwatch:GetMetricData", resource: "*" }],
    run({ MetricDataQueries = [], StartTime, EndTime, ScanBy, MaxDatapoints = mostDataPoints, NextToken }) {
      const range = timeRange(StartTime, EndTime);
      checkQueries(MetricDataQueries);
      const results = MetricDataQueries.map((query) =>
        answer(watch, query, range, ScanBy !== "TimestampAscending"),
      );
      const wanted = results.filter((_, index) => MetricDataQueries[index]?.ReturnData !== false);
      return pageOfResults(wanted, Math.min(MaxDatapoints, mostDataPoints), NextToken);
    },
  };
}

function checkQueries(queries: readonly MetricDataQuery[]): void {
  if (queries.length === 0 || queries.length > mostQueries) {
    refuseValue(`The parameter MetricDataQueries must have 1 to ${mostQueries} queries.`);
  }
  const ids = new Set<string>();
  for (const { Id = "" } of queries) {
    if (!/^[a-z][A-Za-z0-9_]*$/.test(Id)) {
      refuseValue(
        `The value ${Id} for parameter MetricDataQueries.member.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
      );
    }
    if (ids.has(Id)) refuseValue(`The values for parameter Id in MetricDataQueries are not unique: ${Id}.`);
    ids.add(Id);
  }
}

function answer(
  { platform, store }: CloudWatch,
  { Id, Expression, MetricStat, Label }: MetricDataQuery,
  { start, end }: { readonly start: number; readonly end: number },
  newestFirst: boolean,
): MetricDataResult {
  if (Expression !== undefined) {
    return refuseValue(`The expression of ${Id} is not offered by this local AWS yet; a MetricStat is.`);
  }
  if (MetricStat === undefined)
    return refuseCombination(`The query ${Id} must have a MetricStat or an Expression.`);
  const statistic = parseStatistic(MetricStat.Stat ?? "");
  if (statistic === undefined)
    return refuseValue(`The value ${MetricStat.Stat} for parameter Stat is not supported.`);
  const period = periodInMs(MetricStat.Period);
  const { Namespace = "", MetricName = "", Dimensions } = MetricStat.Metric ?? {};
  const series = store.find({
    namespace: Namespace,
    metric: MetricName,
    dimensions: dimensionRecord(Dimensions),
  });
  const wanted = MetricStat.Unit === undefined || MetricStat.Unit === (series?.unit ?? "None");
  const first = Math.floor(start / period) * period;
  const points = dataPoints(wanted ? series : undefined, {
    start: first,
    end,
    period,
    now: platform.clock.now(),
  });
  if (newestFirst) points.reverse();
  return {
    Id,
    Label: Label ?? MetricName,
    Timestamps: points.map(({ at }) => new Date(at)),
    Values: points.map(({ datum }) => statistic(datum)),
    StatusCode: "Complete",
  };
}
