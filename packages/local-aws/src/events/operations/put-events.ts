import type {
  PutEventsRequest,
  PutEventsRequestEntry,
  PutEventsResponse,
  PutEventsResultEntry,
} from "@aws-sdk/client-eventbridge";
import type { Operation } from "../../platform.ts";
import { busEvent, uuid } from "../event.ts";
import type { EventBridge } from "../event-bridge.ts";
import { isObject, type JsonObject } from "../pattern/json.ts";
import { refuse } from "../refuse.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
const mostEntries = 10;
const mostBytes = 256 * 1024;

/** A parser of JSON that nests deeper than this stops; AWS's does, and our own recursion needs to. */
const deepest = 1000;

/** Refuses entries one by one: the answer is 200 with FailedEntryCount, and the other entries are on the bus. */
export function putEvents({
  platform,
  buses,
  router,
}: EventBridge): Operation<PutEventsRequest, PutEventsResponse> {
  const put = (entry: PutEventsRequestEntry): PutEventsResultEntry => {
    const checked = check(entry);
    if ("ErrorCode" in checked) return checked;
    const bus = buses.find(entry.EventBusName);
    // As on AWS an event for a bus that does not exist is taken and goes nowhere.
    if (bus === undefined) return { EventId: uuid(platform) };
    const at = entry.Time?.getTime() ?? platform.clock.now();
    const event = busEvent(platform, { ...checked, at, resources: entry.Resources ?? [] });
    router.route(bus, event, 0);
    return { EventId: event.id };
  };
  return {
    permissions: ({ Entries }) =>
      (Entries ?? []).map(({ EventBusName, Source, DetailType }) => ({
        action: "events:PutEvents",
        resource: buses.arnOf(EventBusName),
        context: {
          ...(Source === undefined ? {} : { "events:source": Source }),
          ...(DetailType === undefined ? {} : { "events:detail-type": DetailType }),
        },
      })),
    run({ Entries = [] }) {
      if (Entries.length === 0 || Entries.length > mostEntries) {
        const bound =
          Entries.length === 0 ? "greater than or equal to 1" : `less than or equal to ${mostEntries}`;
        refuse(
          `1 validation error detected: Value '${Entries.length} entries' at 'entries' failed to satisfy constraint: Member must have length ${bound}`,
        );
      }
      if (Entries.reduce((bytes, entry) => bytes + size(entry), 0) >= mostBytes) {
        refuse("Total size of the entries in the request is over the limit.");
      }
      const results = Entries.map(put);
      return { Entries: results, FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode).length };
    },
  };
}

interface Content {
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
}

interface Refusal {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

function check({ Source, DetailType, Detail }: PutEventsRequestEntry): Content | Refusal {
  if (!Source) return required("Source");
  if (!DetailType) return required("DetailType");
  if (!Detail) return required("Detail");
  if (Source.startsWith("aws.")) {
    return { ErrorCode: "NotAuthorizedForSourceException", ErrorMessage: "Not authorized for the source." };
  }
  const detail = parseDetail(Detail);
  return detail === undefined
    ? { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." }
    : { source: Source, detailType: DetailType, detail };
}

function required(parameter: string): Refusal {
  const message = `Parameter ${parameter} is not valid. Reason: ${parameter} is a required argument.`;
  return { ErrorCode: "InvalidArgument", ErrorMessage: message };
}

function parseDetail(text: string): JsonObject | undefined {
  try {
    const detail: unknown = JSON.parse(text);
    return isObject(detail) && !nestsDeeperThan(detail, deepest) ? detail : undefined;
  } catch {
    return undefined;
  }
}

function nestsDeeperThan(value: object, limit: number): boolean {
  let level: object[] = [value];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((outer) =>
      Object.values(outer).filter((inner): inner is object => typeof inner === "object" && inner !== null),
    );
  }
  return false;
}

function size({ Time, Source, DetailType, Detail, Resources }: PutEventsRequestEntry): number {
  const texts = [Source, DetailType, Detail, ...(Resources ?? [])];
  return texts.reduce((bytes, text) => bytes + Buffer.byteLength(text ?? ""), Time === undefined ? 0 : 14);
}
