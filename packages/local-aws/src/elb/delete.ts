import type { DeleteListenerInput, DeleteLoadBalancerInput } from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../aws-error.ts";
import type { Operation } from "../platform.ts";
import { type Balancers, removeByArn } from "./balancers.ts";

/**
 * With its listeners; one that is not there is no error.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteLoadBalancer.html
 */
export function deleteLoadBalancer(kept: Balancers): Operation<DeleteLoadBalancerInput> {
  return {
    permissions: ({ LoadBalancerArn = "" }) => [
      { action: "elasticloadbalancing:DeleteLoadBalancer", resource: LoadBalancerArn },
    ],
    run({ LoadBalancerArn = "" }) {
      removeByArn(kept, LoadBalancerArn);
    },
  };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteListener.html */
export function deleteListener(kept: Balancers): Operation<DeleteListenerInput> {
  return {
    permissions: ({ ListenerArn = "" }) => [
      { action: "elasticloadbalancing:DeleteListener", resource: ListenerArn },
    ],
    run({ ListenerArn = "" }) {
      if (!kept.listeners.has(ListenerArn))
        throw new AwsError("ListenerNotFoundException", `Listener '${ListenerArn}' not found`);
      removeByArn(kept, ListenerArn);
    },
  };
}
