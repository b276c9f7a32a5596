import type { TargetGroup } from "../records.ts";
import type { Store } from "../store.ts";
import { servicesUsing } from "../use-of-groups.ts";

/** A target group as GetTargetGroup shows it. `users` are the ids of the services that forward to it. */
export function targetGroupView(
  store: Store,
  group: TargetGroup,
  users: readonly string[] = servicesUsing(store, group.id),
) {
  const { type, ...config } = group.config;
  return {
    id: group.id,
    arn: group.arn,
    name: group.name,
    type,
    config,
    status: group.status,
    serviceArns: users.flatMap((id) => store.services.get(id)?.arn ?? []),
    createdAt: new Date(group.createdAt),
    lastUpdatedAt: new Date(group.lastUpdatedAt),
  };
}

/** A target group as ListTargetGroups shows it. */
export function targetGroupSummary(store: Store, group: TargetGroup, users: readonly string[]) {
  const { config, ...view } = targetGroupView(store, group, users);
  if (group.config.type === "LAMBDA") {
    return { ...view, lambdaEventStructureVersion: group.config.lambdaEventStructureVersion };
  }
  const { port, protocol, ipAddressType, vpcIdentifier } = group.config;
  return { ...view, port, protocol, ipAddressType, vpcIdentifier };
}
