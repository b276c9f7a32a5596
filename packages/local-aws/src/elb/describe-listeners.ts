import type {
  DescribeListenersInput,
  DescribeListenersOutput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../aws-error.ts";
import type { Operation } from "../platform.ts";
import type { Balancers } from "./balancers.ts";
import { existingBalancer } from "./existing-balancer.ts";
import { invalid } from "./invalid.ts";
import { pageOf } from "./page.ts";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListeners.html */
export function describeListeners(
  kept: Balancers,
): Operation<DescribeListenersInput, DescribeListenersOutput> {
  return {
    permissions: () => [{ action: "elasticloadbalancing:DescribeListeners", resource: "*" }],
    run({ LoadBalancerArn, ListenerArns, ...paging }) {
      if ((LoadBalancerArn === undefined) === (ListenerArns === undefined))
        throw invalid("Either LoadBalancerArn or ListenerArns has to be given");
      if (LoadBalancerArn !== undefined) existingBalancer(kept, LoadBalancerArn);
      const missing = ListenerArns?.filter((arn) => !kept.listeners.has(arn)) ?? [];
      if (missing.length > 0) {
        const message = `One or more listeners not found: ${missing.join(", ")}`;
        throw new AwsError("ListenerNotFoundException", message);
      }
      const found = [...kept.listeners.values()].filter(
        (each) => each.LoadBalancerArn === LoadBalancerArn || ListenerArns?.includes(each.ListenerArn),
      );
      const { page, ...next } = pageOf(found, ({ ListenerArn }) => ListenerArn, paging);
      return { Listeners: page, ...next };
    },
  };
}
