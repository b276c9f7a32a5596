import type { SetAlarmStateInput } from "@aws-sdk/client-cloudwatch";
import { AwsError } from "../../aws-error.ts";
import type { Operation } from "../../platform.ts";
import { alarmArn } from "../alarms/alarm-arn.ts";
import type { CloudWatch } from "../cloud-watch.ts";
import { refuseValue } from "../refuse.ts";

/** The state lasts until the alarm is next evaluated, within a minute. */
export function setAlarmState({ platform, alarms }: CloudWatch): Operation<SetAlarmStateInput, void> {
  return {
    permissions: ({ AlarmName }, call) => [
      { action: "cloudwatch:SetAlarmState", resource: alarmArn(AlarmName, call) },
    ],
    run({ AlarmName = "", StateValue, StateReason = "", StateReasonData }) {
      const alarm = alarms.get(AlarmName);
      if (alarm === undefined)
        throw new AwsError("ResourceNotFound", `The alarm ${AlarmName} does not exist.`, 404);
      if (StateValue !== "OK" && StateValue !== "ALARM" && StateValue !== "INSUFFICIENT_DATA") {
        return refuseValue(
          `The value ${StateValue} for parameter StateValue is none of OK, ALARM, INSUFFICIENT_DATA.`,
        );
      }
      alarms.setState(alarm, {
        value: StateValue,
        reason: StateReason,
        at: platform.clock.now(),
        ...(StateReasonData === undefined ? {} : { reasonData: StateReasonData }),
      });
    },
  };
}
