import type { FilterLogEventsRequest, FilterLogEventsResponse } from "@aws-sdk/client-cloudwatch-logs";
import type { Operation } from "../platform.ts";
import { filterPattern } from "./filter-pattern.ts";
import type { LogArns } from "./log-arn.ts";
import type { LogStore } from "./log-store.ts";

/**
 * Searches a group's streams, by time. The token is the time and number of the last line shown.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export function filterLogEvents(
  store: LogStore,
  arns: LogArns,
): Operation<FilterLogEventsRequest, FilterLogEventsResponse> {
  return {
    permissions: ({ logGroupName, logGroupIdentifier = "" }) => [
      {
        action: "logs:FilterLogEvents",
        resource: arns.group(arns.nameOf(logGroupName ?? logGroupIdentifier)),
      },
    ],
    run({ logGroupName, logGroupIdentifier = "", ...wanted }) {
      const { startTime = 0, endTime = Number.POSITIVE_INFINITY, limit = 10_000, nextToken } = wanted;
      const matches = filterPattern(wanted.filterPattern ?? "");
      const [afterTime = Number.NEGATIVE_INFINITY, afterId = 0] = nextToken?.split("/").map(Number) ?? [];
      const { streams } = store.group(arns.nameOf(logGroupName ?? logGroupIdentifier));
      const found = [...streams.values()]
        .filter(({ name }) => wanted.logStreamNames?.includes(name) ?? true)
        .filter(({ name }) => name.startsWith(wanted.logStreamNamePrefix ?? ""))
        .flatMap(({ name, lines }) => lines.map((line) => ({ stream: name, ...line })))
        .filter(({ at, message }) => at >= startTime && at <= endTime && matches(String(message)))
        .filter(({ at, id }) => at > afterTime || (at === afterTime && id > afterId))
        .sort((a, b) => a.at - b.at || a.id - b.id);
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        events: page.map(({ id, stream, at, message, ingestedAt }) => ({
          eventId: String(id),
          logStreamName: stream,
          timestamp: at,
          message: String(message),
          ingestionTime: ingestedAt,
        })),
        ...(found.length > page.length && last !== undefined ? { nextToken: `${last.at}/${last.id}` } : {}),
      };
    },
  };
}
