import { type AccessLogs, destinationKind, sameDestination } from "../document/access-logs.ts";
import type { ExistingAccessLog } from "../existing.ts";
import { blocked, type Change, ready, unchanged } from "./change.ts";
import { claim, owns, type Sight, tagsFor } from "./sight.ts";

interface Holder {
  /** The address of the network or service. */
  readonly address: string;
  readonly label: string;
  /** Undefined until it exists and is ours. */
  readonly live: { readonly id: string; readonly accessLogs: readonly ExistingAccessLog[] } | undefined;
  readonly locks?: readonly string[];
}

/** Where the access logs of a network or a service go: one subscription for each kind of destination. */
export function planAccessLogs(sight: Sight, holder: Holder, wanted: AccessLogs): Change[] {
  const kinds = new Set(wanted.map(destinationKind));
  const surplus = (holder.live?.accessLogs ?? []).filter(
    (log) => owns(sight, log) && !kinds.has(destinationKind(log.destination)),
  );
  return [
    ...wanted.map((destination) => planAccessLog(sight, holder, destination)),
    ...surplus.map((log) => planRemoval(holder, log)),
  ];
}

const addressOf = (holder: Holder, destination: string) =>
  `${holder.address}.accessLogs.${destinationKind(destination)}`;

function planAccessLog(sight: Sight, holder: Holder, destinationArn: string): Change {
  const address = addressOf(holder, destinationArn);
  const { live, label, locks = [] } = holder;
  const kind = destinationKind(destinationArn);
  const log = live?.accessLogs.find(({ destination }) => destinationKind(destination) === kind);
  const start = {
    address,
    verb: "create" as const,
    sentence: `send the access log of ${label} to ${destinationArn}`,
    locks,
  };
  if (!live) return blocked(start, [holder.address]);
  if (!log)
    return ready(start, {
      operation: "CreateAccessLogSubscription",
      input: { resourceIdentifier: live.id, destinationArn, tags: tagsFor(sight) },
    });
  const own = `the access log of ${label}`;
  if (sameDestination(log.destination, destinationArn)) return unchanged(address, `${own} is as written`);
  const claimed = claim(sight, address, own, log, {}, locks);
  if (claimed) return claimed;
  const sentence = `send ${own} to ${destinationArn} instead of ${log.destination}`;
  return ready(
    { address, verb: "update", sentence, locks },
    {
      operation: "UpdateAccessLogSubscription",
      input: { accessLogSubscriptionIdentifier: log.id, destinationArn },
    },
  );
}

function planRemoval(holder: Holder, { id, destination }: ExistingAccessLog): Change {
  const sentence = `send the access log of ${holder.label} to ${destination} no longer`;
  return ready(
    { address: addressOf(holder, destination), verb: "delete", sentence, locks: holder.locks ?? [] },
    { operation: "DeleteAccessLogSubscription", input: { accessLogSubscriptionIdentifier: id } },
  );
}
