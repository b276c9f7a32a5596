import type { DimensionFilter, ListMetricsInput, ListMetricsOutput } from "@aws-sdk/client-cloudwatch";
import { page } from "../../events/page.ts";
import type { Operation } from "../../platform.ts";
import type { CloudWatch } from "../cloud-watch.ts";
import { dimensionList } from "../dimensions.ts";
import type { Series } from "../metric-store.ts";

/** AWS's page size. */
const pageSize = 500;

const threeHours = 3 * 3_600_000;

/** The series that have data which can be read already. */
export function listMetrics({ platform, store }: CloudWatch): Operation<ListMetricsInput, ListMetricsOutput> {
  return {
    permissions: () => [{ action: "cloudwatch:ListMetrics", resource: "*" }],
    run({ Namespace, MetricName, Dimensions = [], RecentlyActive, NextToken }) {
      const now = platform.clock.now();
      const since = RecentlyActive === "PT3H" ? now - threeHours : Number.NEGATIVE_INFINITY;
      const found = [...store.all()].filter(
        (series) =>
          (Namespace === undefined || series.namespace === Namespace) &&
          (MetricName === undefined || series.metric === MetricName) &&
          Dimensions.every((filter) => hasDimension(series, filter)) &&
          canBeRead(series, now, since),
      );
      const { items, next } = page(found, { limit: pageSize, token: NextToken, code: "InvalidNextToken" });
      const Metrics = items.map(({ namespace, metric, dimensions }) => ({
        Namespace: namespace,
        MetricName: metric,
        Dimensions: dimensionList(dimensions),
      }));
      return { Metrics, ...next };
    },
  };
}

function hasDimension({ dimensions }: Series, { Name = "", Value }: DimensionFilter): boolean {
  return Value === undefined ? Object.hasOwn(dimensions, Name) : dimensions[Name] === Value;
}

function canBeRead({ minutes }: Series, now: number, since: number): boolean {
  for (const [at, { visibleAt }] of minutes) if (at >= since && visibleAt <= now) return true;
  return false;
}
