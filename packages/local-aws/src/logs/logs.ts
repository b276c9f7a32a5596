import type { LogLine, Platform, Service } from "../platform.ts";
import { filterLogEvents } from "./filter-log-events.ts";
import { getLogEvents } from "./get-log-events.ts";
import {
  createLogGroup,
  createLogStream,
  deleteLogGroup,
  describeLogGroups,
  describeLogStreams,
} from "./groups-and-streams.ts";
import { logArns } from "./log-arn.ts";
import { logStore } from "./log-store.ts";
import { putLogEvents } from "./put-log-events.ts";

/** CloudWatch Logs. */
export interface Logs extends Service {
  /** Writes a line for an AWS service, making its group and stream where they do not exist. */
  write(line: LogLine): void;
}

export function createLogs(platform: Platform): Logs {
  const store = logStore({ storage: platform.storage, now: platform.clock.now });
  const arns = logArns(platform);
  return {
    name: "logs",
    operations: {
      CreateLogGroup: createLogGroup(store, arns),
      CreateLogStream: createLogStream(store, arns),
      DeleteLogGroup: deleteLogGroup(store, arns),
      DescribeLogGroups: describeLogGroups(store, arns),
      DescribeLogStreams: describeLogStreams(store, arns),
      FilterLogEvents: filterLogEvents(store, arns),
      GetLogEvents: getLogEvents(store, arns),
      PutLogEvents: putLogEvents(store, arns),
    },
    write: ({ group, stream, at, message }) =>
      store.append(group, store.ensureStream(group, stream), { at, message }),
  };
}
