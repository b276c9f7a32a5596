import * as z from "zod";
import { creator } from "./creator.ts";

const LoadBalancer = z.object({
  name: z.string(),
  internal: z.boolean().default(false),
  loadBalancerType: z.enum(["application", "network"]).default("application"),
  subnets: z.array(z.string()).optional(),
  subnetMappings: z.array(z.object({ subnetId: z.string() })).default([]),
});

/** A load balancer, as far as it is described; what stands behind it are processes. */
export const loadBalancer = creator(
  LoadBalancer,
  ({ name, internal, loadBalancerType, subnets, subnetMappings }, { outputs }, { aws }) =>
    aws.elb.putLoadBalancer({
      ...{ arn: String(outputs.arn), name, internal, type: loadBalancerType },
      subnetIds: subnets ?? subnetMappings.map(({ subnetId }) => subnetId),
    }),
);

const Listener = z.object({
  loadBalancerArn: z.string(),
  protocol: z.enum(["HTTP", "HTTPS", "TCP", "TLS"]),
  port: z.number(),
});

/** A listener of a load balancer. */
export const listener = creator(Listener, (inputs, { outputs }, { aws }) =>
  aws.elb.putListener({ arn: String(outputs.arn), ...inputs }),
);
