import type {
  AccessLogSubscription,
  AuthPolicy,
  Listener,
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
  readonly taggings: Collection<Tagging>;
  /** Calls `listener` after every change. */
  onChange(listener: () => void): void;
}

/** An empty store. */
export function createStore(): Store {
  const listeners: (() => void)[] = [];
  const changed = () => {
    for (const listener of listeners) listener();
  };
  return {
    networks: collection(changed),
    services: collection(changed),
    listeners: collection(changed),
    rules: collection(changed),
    targetGroups: collection(changed),
    targets: collection(changed),
    serviceAssociations: collection(changed),
    vpcAssociations: collection(changed),
    authPolicies: collection(changed),
    accessLogSubscriptions: collection(changed),
    taggings: collection(() => {}),
    onChange(listener) {
      listeners.push(listener);
    },
  };
}

function collection<R extends { readonly id: string }>(changed: () => void): Collection<R> {
  const records = new Map<string, R>();
  return {
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
