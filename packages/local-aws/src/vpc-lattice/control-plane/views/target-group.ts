import type { TargetGroup } from "../records.ts";
import type { Store } from "../store.ts";
import { servicesUsing } from "../use-of-groups.ts";

/** A target group as GetTargetGroup shows it. */
export function targetGroupView(store: Store, group: TargetGroup) {
  const { type, ...config } = group.config;
  return {
    id: group.id,
    arn: group.arn,
    name: group.name,
    type,
    config,
    status: group.status,
    serviceArns: servicesUsing(store, group.id).flatMap((id) => store.services.get(id)?.arn ?? []),
    createdAt: new Date(group.createdAt),
    lastUpdatedAt: new Date(group.lastUpdatedAt),
  };
}

/** A target group as ListTargetGroups shows it. */
export function targetGroupSummary(store: Store, group: TargetGroup) {
  const { config, ...view } = targetGroupView(store, group);
  if (group.config.type === "LAMBDA") {
    return { ...view, lambdaEventStructureVersion: group.config.lambdaEventStructureVersion };
  }
  const { port, protocol, ipAddressType, vpcIdentifier } = group.config;
  return { ...view, port, protocol, ipAddressType, vpcIdentifier };
}
