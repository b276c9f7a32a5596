import { named } from "../names.ts";
import { ipv6Address } from "./ipv6.ts";
import type { Network } from "./network.ts";
import { containerPort, type SecurityGroups } from "./security-groups.ts";

/** Where load balancers stand, and who may talk to them. */
export interface Site {
  readonly network: Network;
  readonly groups: SecurityGroups;
}

/** An internal load balancer, as Lattice and ECS need to know it. */
export interface Balancer<Targets> {
  /** What to register in Lattice. */
  readonly targets: Targets;
  /** Where ECS registers a service's containers. */
  readonly targetGroupArn: $util.Output<string>;
}

/**
 * A dual-stack network load balancer. Lattice knows no such load balancer as a target, hence fixed IPv6 addresses, one a
 * zone: they are its targets. `number` (from 0 to 99) says which, other balancers having others.
 */
export function networkBalancer(
  name: string,
  number: number,
  { network, groups }: Site,
): Balancer<$util.Output<string>[]> {
  const addresses = network.balancerSubnets.map(({ ipv6CidrBlock }) =>
    $output(ipv6CidrBlock).apply((block) => ipv6Address(block ?? "", number + 16)),
  );
  const balancer = new aws.lb.LoadBalancer(`Shop${name}Balancer`, {
    name: named(name.toLowerCase()).slice(0, 32),
    internal: true,
    loadBalancerType: "network",
    ipAddressType: "dualstack",
    enableCrossZoneLoadBalancing: true,
    securityGroups: [groups.balancers.id],
    subnetMappings: network.balancerSubnets.map(({ id }, zone) => ({
      subnetId: id,
      ipv6Address: addresses[zone],
    })),
  });
  const targetGroup = new aws.lb.TargetGroup(`Shop${name}Targets`, {
    name: named(name.toLowerCase()).slice(0, 32),
    vpcId: network.vpc.id,
    targetType: "ip",
    protocol: "TCP",
    port: containerPort,
    // Who comes over IPv6 reaches containers of IPv4 only so.
    preserveClientIp: "false",
    deregistrationDelay: 30,
    healthCheck: { protocol: "HTTP", path: "/health", interval: 10 },
  });
  return { targets: addresses, targetGroupArn: listening(name, "TCP", balancer, targetGroup) };
}

/** An application load balancer, which is a target by itself: its ARN. */
export function applicationBalancer(name: string, { network, groups }: Site): Balancer<$util.Output<string>> {
  const balancer = new aws.lb.LoadBalancer(`Shop${name}Balancer`, {
    name: named(name.toLowerCase()).slice(0, 32),
    internal: true,
    loadBalancerType: "application",
    securityGroups: [groups.balancers.id],
    subnets: network.balancerSubnets.map(({ id }) => id),
    dropInvalidHeaderFields: true,
  });
  const targetGroup = new aws.lb.TargetGroup(`Shop${name}Targets`, {
    name: named(name.toLowerCase()).slice(0, 32),
    vpcId: network.vpc.id,
    targetType: "ip",
    protocol: "HTTP",
    port: containerPort,
    deregistrationDelay: 30,
    healthCheck: { protocol: "HTTP", path: "/health", interval: 10 },
  });
  return { targets: balancer.arn, targetGroupArn: listening(name, "HTTP", balancer, targetGroup) };
}

/** The target group's ARN, once a listener uses it: ECS refuses a group that none does. */
function listening(
  name: string,
  protocol: "TCP" | "HTTP",
  balancer: aws.lb.LoadBalancer,
  targetGroup: aws.lb.TargetGroup,
): $util.Output<string> {
  const listener = new aws.lb.Listener(`Shop${name}Listener`, {
    loadBalancerArn: balancer.arn,
    protocol,
    port: 80,
    defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
  });
  return $util.all([targetGroup.arn, listener.arn]).apply(([arn]) => arn);
}
