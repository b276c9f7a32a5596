import type { ResourceType } from "./errors.ts";
import type { Store } from "./store.ts";

export interface FoundRecord {
  readonly type: ResourceType;
  readonly record: { readonly id: string; readonly arn: string };
}

/** The record that has this id, whatever its kind: the id's prefix tells it. */
export function recordNamed(store: Store, id: string): FoundRecord | undefined {
  const kind = kindNamed(store, id);
  const record = kind?.collection.get(id);
  return kind && record && { type: kind.type, record };
}

/** What an id of this prefix can be of, whether it is there or not. */
export function kindNamed(store: Store, id: string) {
  const kinds = {
    sn: ["SERVICE_NETWORK", store.networks],
    svc: ["SERVICE", store.services],
    listener: ["LISTENER", store.listeners],
    rule: ["RULE", store.rules],
    tg: ["TARGET_GROUP", store.targetGroups],
    snsa: ["SERVICE_NETWORK_SERVICE_ASSOCIATION", store.serviceAssociations],
    snva: ["SERVICE_NETWORK_VPC_ASSOCIATION", store.vpcAssociations],
    als: ["ACCESS_LOG_SUBSCRIPTION", store.accessLogSubscriptions],
  } as const;
  const prefix = id.slice(0, id.indexOf("-"));
  if (!isKind(prefix)) return undefined;
  const [type, collection] = kinds[prefix];
  return { type, collection };

  function isKind(text: string): text is keyof typeof kinds {
    return Object.hasOwn(kinds, text);
  }
}
