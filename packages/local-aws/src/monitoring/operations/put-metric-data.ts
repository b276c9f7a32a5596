import type { MetricDatum, PutMetricDataInput } from "@aws-sdk/client-cloudwatch";
import type { Operation } from "../../platform.ts";
import type { CloudWatch } from "../cloud-watch.ts";
import { add, type Datum } from "../datum.ts";
import { dimensionRecord } from "../dimensions.ts";
import { refuseCombination, refuseValue } from "../refuse.ts";

/** AWS's limits on one call. */
const mostMetrics = 1000;
const mostValues = 150;

/** Data that a user puts can be read at once. */
export function putMetricData({ platform, store }: CloudWatch): Operation<PutMetricDataInput, void> {
  return {
    permissions: ({ Namespace = "" }) => [
      { action: "cloudwatch:PutMetricData", resource: "*", context: { "cloudwatch:namespace": Namespace } },
    ],
    run({ Namespace = "", MetricData = [] }) {
      if (/^AWS\//.test(Namespace)) refuseValue("The value AWS/ for parameter Namespace is invalid.");
      if (MetricData.length > mostMetrics)
        refuseValue(`The parameter MetricData has more than ${mostMetrics} members.`);
      const additions = MetricData.map((datum) => ({ datum, addTo: addition(datum) }));
      for (const { datum, addTo } of additions) {
        const name = {
          namespace: Namespace,
          metric: datum.MetricName ?? "",
          dimensions: dimensionRecord(datum.Dimensions),
        };
        addTo(store.datum(name, datum.Timestamp?.getTime() ?? platform.clock.now(), { unit: datum.Unit }));
      }
    },
  };
}

/** What a datum adds to its minute, once it is known to be one that CloudWatch takes. */
function addition({
  MetricName,
  Dimensions,
  Value,
  Values,
  Counts,
  StatisticValues,
}: MetricDatum): (datum: Datum) => void {
  dimensionRecord(Dimensions);
  if ([Value, Values, StatisticValues].filter((form) => form !== undefined).length !== 1) {
    return refuseCombination(
      `At least one of the parameters Value, Values and StatisticValues must be specified for ${MetricName}.`,
    );
  }
  if (StatisticValues !== undefined) {
    const { SampleCount = 0, Sum = 0, Minimum = 0, Maximum = 0 } = StatisticValues;
    checkNumbers([SampleCount, Sum, Minimum, Maximum]);
    return (datum) => addStatistics(datum, { SampleCount, Sum, Minimum, Maximum });
  }
  const values = Values ?? [Value ?? 0];
  const counts = Counts ?? values.map(() => 1);
  if (values.length > mostValues || counts.length !== values.length) {
    return refuseCombination(
      `The parameters Values and Counts of ${MetricName} must have the same length, at most ${mostValues}.`,
    );
  }
  checkNumbers([...values, ...counts]);
  return (datum) => {
    for (const [index, value] of values.entries()) add(datum, value, counts[index] ?? 1);
  };
}

/** A set has no distribution; its values are counted at its ends, which keeps Sum, SampleCount, Minimum and Maximum right. */
function addStatistics(
  datum: Datum,
  set: { SampleCount: number; Sum: number; Minimum: number; Maximum: number },
): void {
  const before = datum.sum;
  add(datum, set.Minimum, Math.ceil(set.SampleCount / 2));
  add(datum, set.Maximum, Math.floor(set.SampleCount / 2));
  datum.sum = before + set.Sum;
}

function checkNumbers(values: readonly number[]): void {
  for (const value of values) {
    if (!Number.isFinite(value) || Math.abs(value) > 2 ** 360)
      refuseValue(`The value ${value} for parameter Value is invalid.`);
  }
}
