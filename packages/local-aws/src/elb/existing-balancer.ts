import { AwsError } from "../aws-error.ts";
import type { Balancer, Balancers } from "./balancers.ts";

/** Throws LoadBalancerNotFound. */
export function existingBalancer({ balancers }: Balancers, arn: string): Balancer {
  const balancer = balancers.get(arn);
  if (balancer === undefined)
    throw new AwsError("LoadBalancerNotFoundException", `Load balancer '${arn}' not found`);
  return balancer;
}
