import ipaddr from "ipaddr.js";
import type { Target, TargetGroup } from "./records.ts";
import type { TargetInput } from "./shapes/target.ts";
import type { Store } from "./store.ts";

/** The target that `given` names in `group`, as it would be kept when registered. */
export function targetOf(group: TargetGroup, given: TargetInput): Target {
  const target = group.config.type === "IP" ? canonicalAddress(given.id) : given.id;
  const port = group.config.type === "LAMBDA" ? undefined : (given.port ?? group.config.port);
  return { id: `${group.id} ${target} ${port ?? ""}`, groupId: group.id, target, port, draining: false };
}

/** Why `given` cannot be a target of `group`, as a failureCode and a failureMessage; undefined where it can. */
export function unsupported(group: TargetGroup, given: TargetInput): string | undefined {
  switch (group.config.type) {
    case "IP":
      return wrongAddress(given.id, group.config.ipAddressType);
    case "INSTANCE":
      return /^i-[0-9a-f]{8,17}$/.test(given.id) ? undefined : `${given.id} is not an instance id`;
    case "LAMBDA":
      return functionArn.test(given.id) ? undefined : `${given.id} is not the ARN of a function`;
    case "ALB":
      return loadBalancerArn.test(given.id) ? undefined : `${given.id} is not the ARN of a load balancer`;
  }
}

/** The targets of a group, those that drain included. */
export function targetsOf(store: Store, groupId: string): Target[] {
  return store.targets.filter((target) => target.groupId === groupId);
}

const functionArn = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[a-zA-Z0-9-_]+(?::[a-zA-Z0-9$_-]+)?$/;
const loadBalancerArn = /^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/app\/.+$/;

function canonicalAddress(id: string): string {
  return ipaddr.isValid(id) ? ipaddr.parse(id).toString() : id;
}

function wrongAddress(id: string, type: "IPV4" | "IPV6" | undefined): string | undefined {
  if (type === "IPV6") return ipaddr.IPv6.isValid(id) ? undefined : `${id} is not an IPv6 address`;
  if (!ipaddr.IPv4.isValidFourPartDecimal(id)) return `${id} is not an IPv4 address`;
  return ipaddr.IPv4.parse(id).range() === "unicast" ? `${id} is publicly routable` : undefined;
}
