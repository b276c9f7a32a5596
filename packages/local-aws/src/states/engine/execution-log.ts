import type { HistoryEvent, LoggingConfiguration } from "@aws-sdk/client-sfn";
import type { LogLine } from "../../platform.ts";

const fatal = /^Execution(Failed|Aborted|TimedOut)$/;
const failing = /(Failed|Aborted|TimedOut)$/;

/**
 * The line that an event is in the state machine's log group, if its level asks for it. Input and output are left out
 * unless includeExecutionData is set. https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
 */
export function logLine(
  event: HistoryEvent,
  executionArn: string,
  logging: LoggingConfiguration | undefined,
): LogLine | undefined {
  const { level = "OFF", includeExecutionData = false, destinations = [] } = logging ?? {};
  const arn = destinations[0]?.cloudWatchLogsLogGroup?.logGroupArn;
  const { id, type = "", previousEventId, timestamp, ...rest } = event;
  if (arn === undefined || !wanted(level, type)) return undefined;
  const details: object = Object.values(rest).find((value) => typeof value === "object") ?? {};
  return {
    group: arn.replace(/^.*:log-group:/, "").replace(/:\*$/, ""),
    stream: `states/${executionArn.split(":")[6]}`,
    at: timestamp?.getTime() ?? 0,
    message: JSON.stringify({
      id: String(id),
      type,
      details: includeExecutionData ? details : withoutData(details),
      previous_event_id: String(previousEventId),
      event_timestamp: String(timestamp?.getTime()),
      execution_arn: executionArn,
      redrive_count: "0",
    }),
  };
}

function wanted(level: string, type: string): boolean {
  if (level === "ALL") return true;
  if (level === "ERROR") return failing.test(type);
  return level === "FATAL" && fatal.test(type);
}

const data = [
  "input",
  "inputDetails",
  "output",
  "outputDetails",
  "parameters",
  "cause",
  "assignedVariables",
  "assignedVariablesDetails",
];

function withoutData(details: object): object {
  return Object.fromEntries(Object.entries(details).filter(([key]) => !data.includes(key)));
}
