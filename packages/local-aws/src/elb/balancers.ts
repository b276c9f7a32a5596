import type { Listener, LoadBalancer } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Platform } from "../platform.ts";

/** A load balancer as DescribeLoadBalancers shows it. */
export type Balancer = LoadBalancer & Has<LoadBalancer, "LoadBalancerArn" | "LoadBalancerName" | "Type">;

/** A listener as DescribeListeners shows it. */
export type BalancerListener = Listener & Has<Listener, "ListenerArn">;

type Has<Shown, Members extends keyof Shown> = {
  readonly [Member in Members]-?: Exclude<Shown[Member], undefined>;
};

/** The load balancers of an account in a region and their listeners, each by its ARN. */
export interface Balancers {
  readonly balancers: Map<string, Balancer>;
  readonly listeners: Map<string, BalancerListener>;
}

export function createBalancers({ storage }: Pick<Platform, "storage">): Balancers {
  return {
    balancers: storage.map("elb.load-balancers"),
    listeners: storage.map("elb.listeners"),
  };
}

/** Takes a load balancer with its listeners, or one listener, away. */
export function removeByArn({ balancers, listeners }: Balancers, arn: string): void {
  balancers.delete(arn);
  listeners.delete(arn);
  for (const { ListenerArn, LoadBalancerArn } of [...listeners.values()])
    if (LoadBalancerArn === arn) listeners.delete(ListenerArn);
}
