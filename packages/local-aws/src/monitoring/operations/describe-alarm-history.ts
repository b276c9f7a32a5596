import type { DescribeAlarmHistoryInput, DescribeAlarmHistoryOutput } from "@aws-sdk/client-cloudwatch";
import { page } from "../../events/page.ts";
import type { Operation } from "../../platform.ts";
import { alarmArn } from "../alarms/alarm-arn.ts";
import type { CloudWatch } from "../cloud-watch.ts";

/** The last hundred entries of each alarm, newest first unless ScanBy says otherwise. */
export function describeAlarmHistory({
  alarms,
}: CloudWatch): Operation<DescribeAlarmHistoryInput, DescribeAlarmHistoryOutput> {
  return {
    permissions: ({ AlarmName }, call) => [
      {
        action: "cloudwatch:DescribeAlarmHistory",
        resource: AlarmName === undefined ? "*" : alarmArn(AlarmName, call),
      },
    ],
    run({ AlarmName, HistoryItemType, StartDate, EndDate, ScanBy, MaxRecords = 100, NextToken }) {
      const found = alarms.history
        .items(AlarmName)
        .filter(
          (item) =>
            (HistoryItemType === undefined || item.HistoryItemType === HistoryItemType) &&
            Number(item.Timestamp) >= (StartDate?.getTime() ?? 0) &&
            Number(item.Timestamp) <= (EndDate?.getTime() ?? Number.POSITIVE_INFINITY),
        );
      const sorted = ScanBy === "TimestampAscending" ? found : found.toReversed();
      const { items, next } = page(sorted, { limit: MaxRecords, token: NextToken, code: "InvalidNextToken" });
      return { AlarmHistoryItems: [...items], ...next };
    },
  };
}
