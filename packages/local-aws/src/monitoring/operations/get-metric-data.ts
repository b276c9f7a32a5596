import type {
  GetMetricDataInput,
  GetMetricDataOutput,
  MetricDataQuery,
  MetricDataResult,
} from "@aws-sdk/client-cloudwatch";
import type { Operation } from "../../platform.ts";
import type { CloudWatch } from "../cloud-watch.ts";
import type { TimeSeries } from "../math/value.ts";
import { pageOfResults } from "../page-of-results.ts";
import { timeRange } from "../period.ts";
import { queryMetrics } from "../query-metrics.ts";
import { refuseValue } from "../refuse.ts";

/** AWS's limits on one call. */
const mostQueries = 500;
const mostDataPoints = 100_800;

/** Newest first unless ScanBy says otherwise. An expression that comes to several series has several results of its id. */
export function getMetricData(watch: CloudWatch): Operation<GetMetricDataInput, GetMetricDataOutput> {
  return {
    permissions: () => [{ action: "cloudwatch:GetMetricData", resource: "*" }],
    run({ MetricDataQueries = [], StartTime, EndTime, ScanBy, MaxDatapoints = mostDataPoints, NextToken }) {
      const range = timeRange(StartTime, EndTime);
      checkQueries(MetricDataQueries);
      const found = queryMetrics(watch, MetricDataQueries, range);
      const results = MetricDataQueries.flatMap(({ Id, ReturnData = true }, index) =>
        (ReturnData ? (found[index] ?? []) : []).map((series) =>
          resultOf(series, Id, ScanBy !== "TimestampAscending"),
        ),
      );
      return pageOfResults(results, Math.min(MaxDatapoints, mostDataPoints), NextToken);
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

function resultOf(
  { label, points }: TimeSeries,
  Id: string | undefined,
  newestFirst: boolean,
): MetricDataResult {
  const sorted = [...points].sort(([one], [other]) => (newestFirst ? other - one : one - other));
  return {
    Id,
    Label: label,
    Timestamps: sorted.map(([at]) => new Date(at)),
    Values: sorted.map(([, value]) => value),
    StatusCode: "Complete",
  };
}
