import type {
  DeleteAlarmsInput,
  DescribeAlarmsInput,
  DescribeAlarmsOutput,
  PutMetricAlarmInput,
} from "@aws-sdk/client-cloudwatch";
import { page } from "../../events/page.ts";
import type { Operation } from "../../platform.ts";
import type { CloudWatch } from "../cloud-watch.ts";

/**
 * Alarms are kept and listed. They are not evaluated yet: each stays at INSUFFICIENT_DATA and starts no action. Evaluation comes
 * with the alarms of rollouts.
 */
export function alarmOperations({ platform, alarms }: CloudWatch) {
  const arnOf = (name = "") => `arn:aws:cloudwatch:${platform.region}:${platform.account}:alarm:${name}`;

  const PutMetricAlarm: Operation<PutMetricAlarmInput, void> = {
    permissions: ({ AlarmName }) => [{ action: "cloudwatch:PutMetricAlarm", resource: arnOf(AlarmName) }],
    run({ Tags: _, ...alarm }) {
      const now = new Date(platform.clock.now());
      alarms.set(alarm.AlarmName ?? "", {
        ActionsEnabled: true,
        ...alarm,
        AlarmArn: arnOf(alarm.AlarmName),
        AlarmConfigurationUpdatedTimestamp: now,
        StateValue: "INSUFFICIENT_DATA",
        StateReason: "Unchecked: Initial alarm creation",
        StateUpdatedTimestamp: now,
      });
    },
  };
  const DescribeAlarms: Operation<DescribeAlarmsInput, DescribeAlarmsOutput> = {
    permissions: () => [{ action: "cloudwatch:DescribeAlarms", resource: "*" }],
    run({ AlarmNames, AlarmNamePrefix = "", StateValue, MaxRecords = 50, NextToken }) {
      const found = [...alarms.values()].filter(
        (alarm) =>
          (AlarmNames === undefined || AlarmNames.includes(alarm.AlarmName ?? "")) &&
          alarm.AlarmName?.startsWith(AlarmNamePrefix) &&
          (StateValue === undefined || alarm.StateValue === StateValue),
      );
      const { items, next } = page(found, { limit: MaxRecords, token: NextToken, code: "InvalidNextToken" });
      return { MetricAlarms: [...items], CompositeAlarms: [], ...next };
    },
  };
  const DeleteAlarms: Operation<DeleteAlarmsInput, void> = {
    permissions: ({ AlarmNames = [] }) =>
      AlarmNames.map((name) => ({ action: "cloudwatch:DeleteAlarms", resource: arnOf(name) })),
    run({ AlarmNames = [] }) {
      for (const name of AlarmNames) alarms.delete(name);
    },
  };
  return { PutMetricAlarm, DescribeAlarms, DeleteAlarms };
}
