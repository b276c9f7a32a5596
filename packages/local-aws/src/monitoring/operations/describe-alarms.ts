import type { DescribeAlarmsInput, DescribeAlarmsOutput } from "@aws-sdk/client-cloudwatch";
import { page } from "../../events/page.ts";
import type { Operation } from "../../platform.ts";
import { alarmView } from "../alarms/alarm.ts";
import type { CloudWatch } from "../cloud-watch.ts";

/** By name. There are no composite alarms here. */
export function describeAlarms({ alarms }: CloudWatch): Operation<DescribeAlarmsInput, DescribeAlarmsOutput> {
  return {
    permissions: () => [{ action: "cloudwatch:DescribeAlarms", resource: "*" }],
    run({ AlarmNames, AlarmNamePrefix = "", AlarmTypes, StateValue, MaxRecords = 50, NextToken }) {
      const found = alarms
        .list()
        .filter(
          ({ settings: { AlarmName }, state }) =>
            (AlarmTypes ?? ["MetricAlarm"]).includes("MetricAlarm") &&
            (AlarmNames === undefined || AlarmNames.includes(AlarmName)) &&
            AlarmName.startsWith(AlarmNamePrefix) &&
            (StateValue === undefined || state.value === StateValue),
        );
      const { items, next } = page(found, { limit: MaxRecords, token: NextToken, code: "InvalidNextToken" });
      return { MetricAlarms: items.map(alarmView), CompositeAlarms: [], ...next };
    },
  };
}
