import type {
  CreateLogGroupRequest,
  CreateLogStreamRequest,
  DeleteLogGroupRequest,
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse,
  DescribeLogStreamsRequest,
  DescribeLogStreamsResponse,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Operation } from "../platform.ts";
import type { LogArns } from "./log-arn.ts";
import type { LogStore } from "./log-store.ts";
import { pageAfter } from "./page-after.ts";

export function createLogGroup(store: LogStore, arns: LogArns): Operation<CreateLogGroupRequest, object> {
  return {
    permissions: ({ logGroupName = "" }) => [
      { action: "logs:CreateLogGroup", resource: arns.group(logGroupName) },
    ],
    run({ logGroupName = "" }) {
      store.createGroup(logGroupName);
      return {};
    },
  };
}

export function deleteLogGroup(store: LogStore, arns: LogArns): Operation<DeleteLogGroupRequest, object> {
  return {
    permissions: ({ logGroupName = "" }) => [
      { action: "logs:DeleteLogGroup", resource: arns.group(logGroupName) },
    ],
    run({ logGroupName = "" }) {
      store.deleteGroup(logGroupName);
      return {};
    },
  };
}

export function createLogStream(store: LogStore, arns: LogArns): Operation<CreateLogStreamRequest, object> {
  return {
    permissions: ({ logGroupName = "", logStreamName = "" }) => [
      { action: "logs:CreateLogStream", resource: arns.stream(logGroupName, logStreamName) },
    ],
    run({ logGroupName = "", logStreamName = "" }) {
      store.createStream(logGroupName, logStreamName);
      return {};
    },
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
export function describeLogGroups(
  store: LogStore,
  arns: LogArns,
): Operation<DescribeLogGroupsRequest, DescribeLogGroupsResponse> {
  return {
    permissions: () => [{ action: "logs:DescribeLogGroups", resource: arns.group("*") }],
    run({ logGroupNamePrefix = "", logGroupNamePattern = "", limit = 50, nextToken }) {
      const groups = store
        .groups()
        .filter(({ name }) => name.startsWith(logGroupNamePrefix) && name.includes(logGroupNamePattern));
      const { page, next } = pageAfter(groups, ({ name }) => name, { limit, after: nextToken });
      return {
        logGroups: page.map(({ name, createdAt }) => ({
          logGroupName: name,
          creationTime: createdAt,
          arn: `${arns.group(name)}:*`,
          logGroupArn: arns.group(name),
        })),
        ...(next === undefined ? {} : { nextToken: next }),
      };
    },
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html */
export function describeLogStreams(
  store: LogStore,
  arns: LogArns,
): Operation<DescribeLogStreamsRequest, DescribeLogStreamsResponse> {
  return {
    permissions: ({ logGroupName, logGroupIdentifier = "" }) => [
      {
        action: "logs:DescribeLogStreams",
        resource: arns.group(arns.nameOf(logGroupName ?? logGroupIdentifier)),
      },
    ],
    run({ logGroupName, logGroupIdentifier = "", logStreamNamePrefix = "", limit = 50, nextToken }) {
      const group = store.group(arns.nameOf(logGroupName ?? logGroupIdentifier));
      const streams = [...group.streams.values()]
        .filter(({ name }) => name.startsWith(logStreamNamePrefix))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const { page, next } = pageAfter(streams, ({ name }) => name, { limit, after: nextToken });
      return {
        logStreams: page.map(({ name, createdAt, lines }) => ({
          logStreamName: name,
          creationTime: createdAt,
          arn: arns.stream(group.name, name),
          firstEventTimestamp: lines.at(0)?.at,
          lastEventTimestamp: lines.at(-1)?.at,
          lastIngestionTime: lines.at(-1)?.ingestedAt,
        })),
        ...(next === undefined ? {} : { nextToken: next }),
      };
    },
  };
}
