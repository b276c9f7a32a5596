import type { Existing, ExistingAccessLog } from "../existing.ts";
import { changed, without } from "./changed.ts";
import type { Folds } from "./fold-write.ts";

type Operation =
  | "CreateAccessLogSubscription"
  | "UpdateAccessLogSubscription"
  | "DeleteAccessLogSubscription";

type Logged = { readonly id: string; readonly accessLogs: readonly ExistingAccessLog[] };
type Change = (logs: readonly ExistingAccessLog[]) => readonly ExistingAccessLog[];

/** Changes the access logs of the one network or service that `is` says. */
function withLogs(existing: Existing, is: (holder: Logged) => boolean, change: Change): Existing {
  const logs = <Holder extends Logged>(holders: readonly Holder[]) => {
    const id = holders.find(is)?.id ?? "";
    return changed(holders, id, (holder) => ({ ...holder, accessLogs: change(holder.accessLogs) }));
  };
  return { ...existing, networks: logs(existing.networks), services: logs(existing.services) };
}

const holding = (log: string) => (holder: Logged) => holder.accessLogs.some(({ id }) => id === log);

/** Where networks and services write their access logs to. */
export const accessLogFolds: Folds<Operation> = {
  CreateAccessLogSubscription: (existing, { resourceIdentifier, destinationArn, tags }, { id, arn }) =>
    withLogs(
      existing,
      (holder) => holder.id === resourceIdentifier,
      (logs) => [...logs, { id, arn, destination: destinationArn, tags }],
    ),

  UpdateAccessLogSubscription: (existing, { accessLogSubscriptionIdentifier: id, destinationArn }) =>
    withLogs(existing, holding(id), (logs) =>
      changed(logs, id, (log) => ({ ...log, destination: destinationArn })),
    ),

  DeleteAccessLogSubscription: (existing, { accessLogSubscriptionIdentifier: id }) =>
    withLogs(existing, holding(id), (logs) => without(logs, id)),
};
