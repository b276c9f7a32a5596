import { groupsOf } from "./shapes/rule-action.ts";
import type { Store } from "./store.ts";

/** The ids of the services with a rule or default action that forwards to the group, at any weight. */
export function servicesUsing(store: Store, groupId: string): string[] {
  const rules = store.rules.filter((rule) => groupsOf(rule.action).includes(groupId));
  return [...new Set(rules.map((rule) => rule.serviceId))];
}

/** The ids of the target groups that a service's rules and default actions forward to. */
export function groupsUsedBy(store: Store, serviceId: string): string[] {
  const rules = store.rules.filter((rule) => rule.serviceId === serviceId);
  return [...new Set(rules.flatMap((rule) => groupsOf(rule.action)))];
}
