import type { Quotas } from "../settings.ts";
import { quotaExceeded, type ResourceType } from "./errors.ts";

/** What each quota counts, its code in Service Quotas, and what it says. */
const quotas = {
  serviceNetworks: ["SERVICE_NETWORK", "L-9CAD07FB", "service networks in a region"],
  services: ["SERVICE", "L-620C821E", "services in a region"],
  targetGroups: ["TARGET_GROUP", "L-BB11C6B9", "target groups in a region"],
  listenersPerService: ["LISTENER", "L-D64E952E", "listeners of a service"],
  rulesPerListener: ["RULE", "L-CF78395E", "rules of a listener"],
  targetGroupsPerService: ["TARGET_GROUP", "L-3DEC3B9F", "target groups of a service"],
  targetsPerGroup: ["TARGET_GROUP", "L-D71303F3", "targets of a target group"],
  serviceAssociationsPerNetwork: [
    "SERVICE_NETWORK_SERVICE_ASSOCIATION",
    "L-75D4A19E",
    "service associations of a service network",
  ],
  vpcAssociationsPerNetwork: [
    "SERVICE_NETWORK_VPC_ASSOCIATION",
    "L-EF6E2D62",
    "VPC associations of a service network",
  ],
} as const satisfies Record<keyof Quotas, readonly [ResourceType, string, string]>;

/** Throws ServiceQuotaExceededException where `count`, what there would be, is more than the quota. */
export function withinQuota(settings: { readonly quotas: Quotas }, quota: keyof Quotas, count: number): void {
  const most = settings.quotas[quota];
  if (count <= most) return;
  const [type, code, what] = quotas[quota];
  throw quotaExceeded(type, code, `There can be at most ${most} ${what} (quota ${code})`);
}
