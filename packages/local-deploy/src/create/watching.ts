import * as z from "zod";
import { creator } from "./creator.ts";

/** A log group. */
export const logGroup = creator(z.object({ name: z.string() }), ({ name }, _, { aws }) =>
  aws.call("logs", "CreateLogGroup", { logGroupName: name }),
);

const Alarm = z.object({
  name: z.string(),
  alarmDescription: z.string().optional(),
  namespace: z.string(),
  metricName: z.string(),
  dimensions: z.record(z.string(), z.string()),
  statistic: z.string(),
  period: z.number(),
  evaluationPeriods: z.number(),
  comparisonOperator: z.string(),
  threshold: z.number(),
  treatMissingData: z.string(),
});

/** An alarm on one metric. */
export const metricAlarm = creator(Alarm, (inputs, _, { aws }) =>
  aws.call("monitoring", "PutMetricAlarm", {
    AlarmName: inputs.name,
    AlarmDescription: inputs.alarmDescription,
    Namespace: inputs.namespace,
    MetricName: inputs.metricName,
    Dimensions: Object.entries(inputs.dimensions).map(([Name, Value]) => ({ Name, Value })),
    Statistic: inputs.statistic,
    Period: inputs.period,
    EvaluationPeriods: inputs.evaluationPeriods,
    ComparisonOperator: inputs.comparisonOperator,
    Threshold: inputs.threshold,
    TreatMissingData: inputs.treatMissingData,
  }),
);

const Parameter = z.object({ name: z.string(), type: z.string(), value: z.string() });

/** A parameter of Systems Manager. */
export const parameter = creator(Parameter, ({ name, type, value }, _, { aws }) =>
  aws.call("ssm", "PutParameter", { Name: name, Type: type, Value: value, Overwrite: true }),
);
