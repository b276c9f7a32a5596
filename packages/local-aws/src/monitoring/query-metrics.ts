import type { MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import type { CloudWatch } from "./cloud-watch.ts";
import { dataPoints } from "./data-points.ts";
import { dimensionRecord } from "./dimensions.ts";
import { evaluate } from "./math/evaluate.ts";
import { InvalidExpression, parseExpression } from "./math/parse-expression.ts";
import type { TimeSeries, Value } from "./math/value.ts";
import { periodInMs } from "./period.ts";
import { refuseCombination, refuseValue } from "./refuse.ts";
import { parseStatistic } from "./statistic.ts";

/** What one answer of GetMetricData can hold; beyond it no expression is computed. */
const mostPeriods = 100_800;

/** From the start up to the end, which is not in it; milliseconds. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
}

/**
 * What each query comes to, in their order: one series of a MetricStat, one or several of an expression. Throws AwsError with the id of
 * the query that is wrong.
 */
export function queryMetrics(
  watch: Pick<CloudWatch, "platform" | "store">,
  queries: readonly MetricDataQuery[],
  range: TimeRange,
): readonly (readonly TimeSeries[])[] {
  const byId = new Map(queries.map((query) => [query.Id ?? "", query]));
  const known = new Map<string, Value | "asked">();
  const metric = (query: MetricDataQuery) => metricSeries(watch, query, range);

  const come = (query: MetricDataQuery): Value => {
    const id = query.Id ?? "";
    const before = known.get(id);
    if (before === "asked") throw new InvalidExpression(`${id} depends on itself`);
    if (before !== undefined) return before;
    known.set(id, "asked");
    const value: Value =
      query.Expression === undefined
        ? { type: "series", series: metric(query) }
        : evaluate(parseExpression(query.Expression), {
            ...grid(queries, query, range, watch.platform.clock.now()),
            value(reference) {
              const found = byId.get(reference);
              if (found === undefined) throw new InvalidExpression(`there is no query ${reference}`);
              return come(found);
            },
            metrics: (text) => queries.filter((other) => isMetric(other, text)).map(metric),
          });
    known.set(id, value);
    return value;
  };
  return queries.map((query) => {
    try {
      return labelled(query, come(query));
    } catch (error) {
      if (!(error instanceof InvalidExpression)) throw error;
      return refuseValue(`Error in expression '${query.Id}': ${error.message}`);
    }
  });
}

const isMetric = ({ Id = "", MetricStat }: MetricDataQuery, text: string) =>
  MetricStat !== undefined && Id.includes(text);

function labelled({ Id = "", Label, Expression }: MetricDataQuery, value: Value): readonly TimeSeries[] {
  if (value.type === "scalar") {
    throw new InvalidExpression("a number is no result; a time series or several are");
  }
  if (value.type === "series") {
    return [{ ...value.series, label: Label ?? (Expression === undefined ? value.series.label : Id) }];
  }
  return value.all.map((series) => ({ ...series, label: `${Label ?? Id} ${series.label}`.trim() }));
}

function metricSeries(
  { platform, store }: Pick<CloudWatch, "platform" | "store">,
  { Id, MetricStat, Label }: MetricDataQuery,
  { start, end }: TimeRange,
): TimeSeries {
  if (MetricStat === undefined) {
    return refuseCombination(`The query ${Id} must have a MetricStat or an Expression.`);
  }
  const statistic = parseStatistic(MetricStat.Stat ?? "");
  if (statistic === undefined) {
    return refuseValue(`The value ${MetricStat.Stat} for parameter Stat is not supported.`);
  }
  const period = periodInMs(MetricStat.Period);
  const { Namespace = "", MetricName = "", Dimensions } = MetricStat.Metric ?? {};
  const series = store.find({
    namespace: Namespace,
    metric: MetricName,
    dimensions: dimensionRecord(Dimensions),
  });
  const wanted = MetricStat.Unit === undefined || MetricStat.Unit === (series?.unit ?? "None");
  const found = dataPoints(wanted ? series : undefined, {
    start: Math.floor(start / period) * period,
    end,
    period,
    now: platform.clock.now(),
  });
  return {
    label: Label ?? MetricName,
    points: new Map(found.map(({ at, datum }) => [at, statistic(datum)])),
  };
}

/** The periods that an expression sees: its own, or those of the request's metrics, which have to agree. */
function grid(
  queries: readonly MetricDataQuery[],
  { Period }: MetricDataQuery,
  { start, end }: TimeRange,
  now: number,
): { grid: readonly number[]; period: number } {
  const periods = new Set(queries.flatMap(({ MetricStat }) => MetricStat?.Period ?? []));
  if (periods.size > 1)
    throw new InvalidExpression("the metrics of a request with expressions share one period");
  const [period = Period ?? 60] = periods;
  const step = periodInMs(period);
  const first = Math.floor(start / step) * step;
  const length = Math.max(0, Math.ceil((Math.min(end, now + 1) - first) / step));
  if (length > mostPeriods) throw new InvalidExpression(`${length} periods are more than ${mostPeriods}`);
  return { grid: Array.from({ length }, (_, index) => first + index * step), period };
}
