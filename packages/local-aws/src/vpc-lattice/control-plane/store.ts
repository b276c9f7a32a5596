import type { Storage } from "../../storage/storage.ts";
import type {
  AccessLogSubscription,
  AuthPolicy,
  Listener,
  ResourcePolicy,
  Rule,
  Service,
  ServiceAssociation,
  ServiceNetwork,
  Tagging,
  Target,
  TargetGroup,
  VpcAssociation,
} from "./records.ts";

/** Records of one kind, by id, in the order they were first put. */
export interface Collection<R extends { readonly id: string }> {
  readonly name: string;
  get(id: string): R | undefined;
  list(): R[];
  filter(keep: (record: R) => boolean): R[];
  find(wanted: (record: R) => boolean): R | undefined;
  put(record: R): R;
  remove(id: string): void;
}

/** Everything that Lattice remembers, as plain records. */
export interface Store {
  readonly networks: Collection<ServiceNetwork>;
  readonly services: Collection<Service>;
  readonly listeners: Collection<Listener>;
  readonly rules: Collection<Rule>;
  readonly targetGroups: Collection<TargetGroup>;
  readonly targets: Collection<Target>;
  readonly serviceAssociations: Collection<ServiceAssociation>;
  readonly vpcAssociations: Collection<VpcAssociation>;
  readonly authPolicies: Collection<AuthPolicy>;
  readonly accessLogSubscriptions: Collection<AccessLogSubscription>;
  readonly resourcePolicies: Collection<ResourcePolicy>;
  readonly taggings: Collection<Tagging>;
  /** Calls `listener` after every change. */
  onChange(listener: () => void): void;
}

/** The store with what is kept of it. */
export function createStore(storage: Storage): Store {
  const listeners: (() => void)[] = [];
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const kept = <R extends { readonly id: string }>(name: string) =>
    collection<R>(name, storage.map(`vpc-lattice.${name}`), changed);
  return {
    networks: kept("networks"),
    services: kept("services"),
    listeners: kept("listeners"),
    rules: kept("rules"),
    targetGroups: kept("targetGroups"),
    targets: kept("targets"),
    serviceAssociations: kept("serviceAssociations"),
    vpcAssociations: kept("vpcAssociations"),
    authPolicies: kept("authPolicies"),
    accessLogSubscriptions: kept("accessLogSubscriptions"),
    resourcePolicies: collection("resourcePolicies", storage.map("vpc-lattice.resourcePolicies"), () => {}),
    taggings: collection("taggings", storage.map("vpc-lattice.taggings"), () => {}),
    onChange(listener) {
      listeners.push(listener);
    },
  };
}

function collection<R extends { readonly id: string }>(
  name: string,
  records: Map<string, R>,
  changed: () => void,
): Collection<R> {
  return {
    name,
    get: (id) => records.get(id),
    list: () => [...records.values()],
    filter: (keep) => records.values().filter(keep).toArray(),
    find: (wanted) => records.values().find(wanted),
    put(record) {
      records.set(record.id, record);
      changed();
      return record;
    },
    remove(id) {
      if (records.delete(id)) changed();
    },
  };
}
