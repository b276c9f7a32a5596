import type { Ec2 } from "../ec2/ec2.ts";
import type { Platform, Service } from "../platform.ts";
import { createBalancers, removeByArn } from "./balancers.ts";
import { createListener } from "./create-listener.ts";
import { createLoadBalancer } from "./create-load-balancer.ts";
import { deleteListener, deleteLoadBalancer } from "./delete.ts";
import { describeListeners } from "./describe-listeners.ts";
import { describeLoadBalancers } from "./describe-load-balancers.ts";
import { inSubnets } from "./in-subnets.ts";

interface PutBalancer {
  readonly arn: string;
  readonly name: string;
  readonly type: "application" | "network";
  readonly internal: boolean;
  readonly subnetIds: readonly string[];
}

interface PutListener {
  readonly arn: string;
  readonly loadBalancerArn: string;
  readonly protocol: "HTTP" | "HTTPS" | "TCP" | "TLS";
  readonly port: number;
}

/** Load balancers and their listeners, as far as VPC Lattice's targets need them: made or put here, described, not acted on. */
export interface Elb extends Service {
  readonly name: "elasticloadbalancing";
  /** Its VPC is that of its subnets; throws AwsError where those are not there. */
  putLoadBalancer(balancer: PutBalancer): void;
  putListener(listener: PutListener): void;
  /** Takes a load balancer with its listeners, or a listener, away. */
  remove(arn: string): void;
}

/** Elastic Load Balancing, version 2, with what is kept of it. */
export function createElb(platform: Platform, ec2: Pick<Ec2, "subnet">): Elb {
  const kept = createBalancers(platform);
  return {
    name: "elasticloadbalancing",
    operations: {
      CreateListener: createListener(kept, platform),
      CreateLoadBalancer: createLoadBalancer(kept, platform, ec2),
      DeleteListener: deleteListener(kept),
      DeleteLoadBalancer: deleteLoadBalancer(kept),
      DescribeListeners: describeListeners(kept),
      DescribeLoadBalancers: describeLoadBalancers(kept),
    },
    putLoadBalancer({ arn, name, type, internal, subnetIds }) {
      kept.balancers.set(arn, {
        ...{ LoadBalancerArn: arn, LoadBalancerName: name, Type: type },
        Scheme: internal ? "internal" : "internet-facing",
        State: { Code: "active" },
        ...inSubnets(ec2, subnetIds),
      });
    },
    putListener({ arn, loadBalancerArn, protocol, port }) {
      const listener = { ListenerArn: arn, LoadBalancerArn: loadBalancerArn, Protocol: protocol, Port: port };
      kept.listeners.set(arn, listener);
    },
    remove: (arn) => removeByArn(kept, arn),
  };
}
