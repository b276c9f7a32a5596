import { defaultRule, lookup } from "../lookup.ts";
import { pick } from "../pick.ts";
import type { Listener } from "../records.ts";
import type { Store } from "../store.ts";

/** A listener as GetListener shows it. */
export function listenerView(store: Store, listener: Listener) {
  return {
    id: listener.id,
    arn: listener.arn,
    name: listener.name,
    protocol: listener.protocol,
    port: listener.port,
    serviceArn: lookup(store).service(listener.serviceId).arn,
    serviceId: listener.serviceId,
    defaultAction: defaultRule(store, listener).action,
    createdAt: new Date(listener.createdAt),
    lastUpdatedAt: new Date(listener.lastUpdatedAt),
  };
}

/** A listener as creating or updating it answers. */
export function writtenListener(store: Store, listener: Listener) {
  return pick(
    listenerView(store, listener),
    "id",
    "arn",
    "name",
    "protocol",
    "port",
    "serviceArn",
    "serviceId",
    "defaultAction",
  );
}
