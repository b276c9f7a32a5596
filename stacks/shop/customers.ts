import { arn } from "../arn.ts";
import { named } from "../names.ts";
import { policy } from "../permission.ts";

/** Who may order: a role that anybody of this account may assume whom the account lets, and that may do nothing else. */
export function customers(): aws.iam.Role {
  return new aws.iam.Role("ShopCustomersRole", {
    name: named("shop-customers"),
    assumeRolePolicy: $jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: aws.getCallerIdentityOutput().accountId },
          Action: "sts:AssumeRole",
        },
      ],
    }),
    inlinePolicies: [
      {
        name: "inline",
        policy: policy([
          { actions: ["vpc-lattice-svcs:Invoke"], resources: [arn("vpc-lattice", "service/*/orders")] },
        ]),
      },
    ],
  });
}
