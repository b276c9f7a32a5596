import { type CloudWatchLogsClient, paginateFilterLogEvents } from "@aws-sdk/client-cloudwatch-logs";
import { type Seen, tally } from "@espalier/policy";

/** What to read of access logs. */
export interface LogsWanted {
  /** ARNs of destinations, of whatever kind. */
  readonly destinations: readonly string[];
  /** Milliseconds since the epoch, AWS time. */
  readonly from: number;
  /** ARN of the only service that matters. */
  readonly service?: string;
  /** Lines after which no more are read. */
  readonly most: number;
}

/** What was seen, and how far that is all of it. */
export interface LogsRead {
  readonly seen: readonly Seen[];
  readonly lines: number;
  /** Lines that are no requests, or whose caller is not known. */
  readonly skipped: number;
  /** Destinations that were not read, in part or at all. */
  readonly unread: readonly { readonly destination: string; readonly why: string }[];
}

/** Reads access logs that are delivered to CloudWatch Logs; the same request in two of them counts once. */
export async function readAccessLogs(
  client: CloudWatchLogsClient,
  { destinations, from, service, most }: LogsWanted,
): Promise<LogsRead> {
  const counted = tally();
  const unread: { destination: string; why: string }[] = [];
  for (const destination of new Set(destinations)) {
    const group = /^(arn:[^:]+:logs:[^:]*:\d{12}:log-group:[^:]+)/.exec(destination)?.[1];
    if (group === undefined) {
      unread.push({ destination, why: "only log groups of CloudWatch Logs are read" });
      continue;
    }
    const pages = paginateFilterLogEvents(
      { client },
      {
        logGroupIdentifier: group,
        startTime: from,
        ...(service === undefined ? {} : { filterPattern: `{ $.serviceArn = "${service}" }` }),
      },
    );
    try {
      for await (const { events = [] } of pages) {
        for (const { message = "" } of events.slice(0, most - counted.lines)) counted.add(message);
        if (counted.lines < most) continue;
        unread.push({ destination, why: `only the first ${most} lines were read` });
        break;
      }
    } catch (error) {
      const why = whyUnread(error);
      if (why === undefined) throw error;
      unread.push({ destination, why });
    }
  }
  return { seen: counted.seen(), lines: counted.lines, skipped: counted.skipped, unread };
}

function whyUnread(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === "ResourceNotFoundException") return "there is no such log group";
  return error.name === "AccessDeniedException" ? `it may not be read: ${error.message}` : undefined;
}
