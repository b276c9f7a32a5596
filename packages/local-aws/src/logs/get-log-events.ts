import type { GetLogEventsRequest, GetLogEventsResponse } from "@aws-sdk/client-cloudwatch-logs";
import { AwsError } from "../aws-error.ts";
import type { Operation } from "../platform.ts";
import type { LogArns } from "./log-arn.ts";
import type { LogStore } from "./log-store.ts";

/**
 * Reads a stream in either direction. A token is a direction and a place (`f/12`); at an end the same token comes back.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
 */
export function getLogEvents(
  store: LogStore,
  arns: LogArns,
): Operation<GetLogEventsRequest, GetLogEventsResponse> {
  return {
    permissions: ({ logGroupName, logGroupIdentifier = "", logStreamName = "" }) => [
      {
        action: "logs:GetLogEvents",
        resource: arns.stream(arns.nameOf(logGroupName ?? logGroupIdentifier), logStreamName),
      },
    ],
    run({ logGroupName, logGroupIdentifier = "", logStreamName = "", ...wanted }) {
      const { startTime = 0, endTime = Number.POSITIVE_INFINITY, limit = 10_000, startFromHead } = wanted;
      const { lines } = store.stream(arns.nameOf(logGroupName ?? logGroupIdentifier), logStreamName);
      const within = lines.filter(({ at }) => at >= startTime && at < endTime);
      const first = firstOf(wanted.nextToken, { count: within.length, limit, startFromHead });
      const page = within.slice(first, first + limit);
      return {
        events: page.map(({ at, message, ingestedAt }) => ({
          timestamp: at,
          message: String(message),
          ingestionTime: ingestedAt,
        })),
        nextForwardToken: `f/${first + page.length}`,
        nextBackwardToken: `b/${first}`,
      };
    },
  };
}

function firstOf(
  token: string | undefined,
  {
    count,
    limit,
    startFromHead,
  }: { readonly count: number; readonly limit: number; readonly startFromHead: boolean | undefined },
): number {
  if (token === undefined) return startFromHead ? 0 : Math.max(0, count - limit);
  const [, direction, place] = /^([fb])\/(\d+)$/.exec(token) ?? [];
  if (place === undefined) {
    throw new AwsError("InvalidParameterException", "The specified nextToken is invalid.");
  }
  return direction === "f" ? Number(place) : Math.max(0, Number(place) - limit);
}
