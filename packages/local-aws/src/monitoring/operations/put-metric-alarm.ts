import type { PutMetricAlarmInput } from "@aws-sdk/client-cloudwatch";
import type { Operation } from "../../platform.ts";
import { alarmArn } from "../alarms/alarm-arn.ts";
import { checkAlarm } from "../alarms/check-alarm.ts";
import type { CloudWatch } from "../cloud-watch.ts";

/**
 * Its actions are kept and not taken; the event of its change of state is told. Composite alarms and anomaly detection are not offered.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export function putMetricAlarm({ alarms }: CloudWatch): Operation<PutMetricAlarmInput, void> {
  return {
    permissions: ({ AlarmName }, call) => [
      { action: "cloudwatch:PutMetricAlarm", resource: alarmArn(AlarmName, call) },
    ],
    run: (input) => alarms.put(checkAlarm(input)),
  };
}
