import type { PutLogEventsRequest, PutLogEventsResponse } from "@aws-sdk/client-cloudwatch-logs";
import { AwsError } from "../aws-error.ts";
import type { Operation } from "../platform.ts";
import type { LogArns } from "./log-arn.ts";
import type { LogStore } from "./log-store.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
export function putLogEvents(
  store: LogStore,
  arns: LogArns,
): Operation<PutLogEventsRequest, PutLogEventsResponse> {
  return {
    permissions: ({ logGroupName = "", logStreamName = "" }) => [
      { action: "logs:PutLogEvents", resource: arns.stream(logGroupName, logStreamName) },
    ],
    run({ logGroupName = "", logStreamName = "", logEvents = [] }) {
      const stream = store.stream(logGroupName, logStreamName);
      if (logEvents.length === 0 || logEvents.length > 10_000) {
        const message = `logEvents has ${logEvents.length} members; it has 1 to 10000`;
        throw new AwsError("InvalidParameterException", message);
      }
      const ordered = logEvents.every(
        ({ timestamp = 0 }, index) => timestamp >= (logEvents[index - 1]?.timestamp ?? timestamp),
      );
      if (!ordered) {
        throw new AwsError(
          "InvalidParameterException",
          "Log events in a single PutLogEvents request must be in chronological order.",
        );
      }
      for (const { timestamp = 0, message = "" } of logEvents)
        store.append(logGroupName, stream, { at: timestamp, message });
      return { nextSequenceToken: "0" };
    },
  };
}
