import type {
  DescribeLoadBalancersInput,
  DescribeLoadBalancersOutput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../aws-error.ts";
import type { Operation } from "../platform.ts";
import type { Balancers } from "./balancers.ts";
import { pageOf } from "./page.ts";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html */
export function describeLoadBalancers({
  balancers,
}: Balancers): Operation<DescribeLoadBalancersInput, DescribeLoadBalancersOutput> {
  return {
    permissions: () => [{ action: "elasticloadbalancing:DescribeLoadBalancers", resource: "*" }],
    run({ LoadBalancerArns: arns, Names: names, ...paging }) {
      const all = [...balancers.values()];
      const found = all.filter(
        ({ LoadBalancerArn: arn, LoadBalancerName: name }) =>
          (arns?.includes(arn) ?? true) && (names?.includes(name) ?? true),
      );
      const missing = [
        ...(arns ?? []).filter((arn) => !balancers.has(arn)),
        ...(names ?? []).filter((name) => !all.some((each) => each.LoadBalancerName === name)),
      ];
      if (missing.length > 0) {
        const message = `One or more load balancers not found: ${missing.join(", ")}`;
        throw new AwsError("LoadBalancerNotFoundException", message);
      }
      const { page, ...next } = pageOf(found, ({ LoadBalancerArn }) => LoadBalancerArn, paging);
      return { LoadBalancers: page, ...next };
    },
  };
}
