import { notFound, type ResourceType } from "./errors.ts";
import { idOf } from "./identifiers.ts";
import type { Collection, Store } from "./store.ts";

/** Finds what identifiers name, the outermost first. Throws ResourceNotFoundException. */
export function lookup(store: Store) {
  const find =
    <R extends { readonly id: string; readonly arn: string }>(
      collection: Collection<R>,
      type: ResourceType,
    ) =>
    (identifier: string): R => {
      const record = collection.get(idOf(identifier));
      const named = record !== undefined && (!identifier.startsWith("arn:") || record.arn === identifier);
      if (!named) throw notFound(type, idOf(identifier));
      return record;
    };
  const service = find(store.services, "SERVICE");
  const network = find(store.networks, "SERVICE_NETWORK");
  const anyListener = find(store.listeners, "LISTENER");
  const anyRule = find(store.rules, "RULE");
  const listener = (serviceIdentifier: string, identifier: string) => {
    const { id } = service(serviceIdentifier);
    const found = anyListener(identifier);
    if (found.serviceId !== id) throw notFound("LISTENER", idOf(identifier));
    return found;
  };
  return {
    service,
    network,
    listener,
    rule(serviceIdentifier: string, listenerIdentifier: string, identifier: string) {
      const { id } = listener(serviceIdentifier, listenerIdentifier);
      const found = anyRule(identifier);
      if (found.listenerId !== id) throw notFound("RULE", idOf(identifier));
      return found;
    },
    targetGroup: find(store.targetGroups, "TARGET_GROUP"),
    serviceAssociation: find(store.serviceAssociations, "SERVICE_NETWORK_SERVICE_ASSOCIATION"),
    vpcAssociation: find(store.vpcAssociations, "SERVICE_NETWORK_VPC_ASSOCIATION"),
    accessLogSubscription: find(store.accessLogSubscriptions, "ACCESS_LOG_SUBSCRIPTION"),
    /** A service or a network. */
    guarded: (identifier: string) =>
      idOf(identifier).startsWith("sn-") ? network(identifier) : service(identifier),
  };
}

/** The rule that holds a listener's default action. */
export function defaultRule(store: Store, listener: { readonly id: string; readonly defaultRuleId: string }) {
  const rule = store.rules.get(listener.defaultRuleId);
  if (rule === undefined) throw notFound("RULE", listener.defaultRuleId);
  return rule;
}
