import type { MetricDatum, PutMetricDataInput } from "@aws-sdk/client-cloudwatch";
import type { Operation } from "../../platform.ts";
import type { CloudWatch } from "../cloud-watch.ts";
import type { Addition } from "../datum.ts";
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
      const additions = MetricData.map((datum) => ({ datum, addition: additionOf(datum) }));
      for (const { datum, addition } of additions) {
        const name = {
          namespace: Namespace,
          metric: datum.MetricName ?? "",
          dimensions: dimensionRecord(datum.Dimensions),
        };
        const at = datum.Timestamp?.getTime() ?? platform.clock.now();
        store.add(name, at, addition, { unit: datum.Unit });
      }
    },
  };
}

/** What a datum adds to its minute, once it is known to be one that CloudWatch takes. */
function additionOf({
  MetricName,
  Dimensions,
  Value,
  Values,
  Counts,
  StatisticValues,
}: MetricDatum): Addition {
  dimensionRecord(Dimensions);
  if ([Value, Values, StatisticValues].filter((form) => form !== undefined).length !== 1) {
    return refuseCombination(
      `At least one of the parameters Value, Values and StatisticValues must be specified for ${MetricName}.`,
    );
  }
  if (StatisticValues !== undefined) {
    const { SampleCount = 0, Sum = 0, Minimum = 0, Maximum = 0 } = StatisticValues;
    checkNumbers([SampleCount, Sum, Minimum, Maximum]);
    // A set has no distribution: its values are counted at its ends, which keeps all that it says right.
    const ends = [
      [Minimum, Math.ceil(SampleCount / 2)],
      [Maximum, Math.floor(SampleCount / 2)],
    ] as const;
    return { values: ends, sum: Sum };
  }
  const values = Values ?? [Value ?? 0];
  const counts = Counts ?? values.map(() => 1);
  if (values.length > mostValues || counts.length !== values.length) {
    return refuseCombination(
      `The parameters Values and Counts of ${MetricName} must have the same length, at most ${mostValues}.`,
    );
  }
  checkNumbers([...values, ...counts]);
  return { values: values.map((value, index) => [value, counts[index] ?? 1]) };
}

function checkNumbers(values: readonly number[]): void {
  for (const value of values) {
    if (!Number.isFinite(value) || Math.abs(value) > 2 ** 360)
      refuseValue(`The value ${value} for parameter Value is invalid.`);
  }
}
