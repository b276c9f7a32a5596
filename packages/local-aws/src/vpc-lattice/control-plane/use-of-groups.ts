import { groupsOf } from "./shapes/rule-action.ts";
import type { Store } from "./store.ts";

/** The ids of the services with a rule or default action that forwards to the group, at any weight. */
export function servicesUsing(store: Store, groupId: string): string[] {
  const rules = store.rules.filter((rule) => groupsOf(rule.action).includes(groupId));
  return [...new Set(rules.map((rule) => rule.serviceId))];
}

/** The ids of the services with a rule or default action that forwards to a group, for every group that has any. */
export function usersOfGroups(store: Store): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, Set<string>>();
  for (const { serviceId, action } of store.rules.list()) {
    for (const group of groupsOf(action)) users.set(group, (users.get(group) ?? new Set()).add(serviceId));
  }
  return new Map([...users].map(([group, services]) => [group, [...services]]));
}

/** The ids of the target groups that a service's rules and default actions forward to. */
export function groupsUsedBy(store: Store, serviceId: string): string[] {
  const rules = store.rules.filter((rule) => rule.serviceId === serviceId);
  return [...new Set(rules.flatMap((rule) => groupsOf(rule.action)))];
}

/** The ids of the target groups that some service in a network forwards to. */
export function groupsOfNetworks(store: Store): ReadonlySet<string> {
  const services = new Set(store.serviceAssociations.list().map(({ serviceId }) => serviceId));
  const rules = store.rules.filter(({ serviceId }) => services.has(serviceId));
  return new Set(rules.flatMap(({ action }) => groupsOf(action)));
}
