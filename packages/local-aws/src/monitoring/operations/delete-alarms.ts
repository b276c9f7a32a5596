import type { DeleteAlarmsInput } from "@aws-sdk/client-cloudwatch";
import { AwsError } from "../../aws-error.ts";
import type { Operation } from "../../platform.ts";
import { alarmArn } from "../alarms/alarm-arn.ts";
import type { CloudWatch } from "../cloud-watch.ts";

/** Deletes all or, if one does not exist, none. */
export function deleteAlarms({ alarms }: CloudWatch): Operation<DeleteAlarmsInput, void> {
  return {
    permissions: ({ AlarmNames = [] }, call) =>
      AlarmNames.map((name) => ({ action: "cloudwatch:DeleteAlarms", resource: alarmArn(name, call) })),
    run({ AlarmNames = [] }) {
      const missing = AlarmNames.filter((name) => alarms.get(name) === undefined);
      if (missing.length > 0) {
        throw new AwsError("ResourceNotFound", `The alarms ${missing.join(", ")} do not exist.`, 404);
      }
      for (const name of AlarmNames) alarms.remove(name);
    },
  };
}
