import { arn } from "../../arn.ts";
import { logical, named } from "../../names.ts";
import { type Permission, policy } from "../../permission.ts";
import type { PaymentAccount } from "./account.ts";

/** Named ahead of its making, for those who assume it have to be there before it. */
export const topologyRoleArn = ({ id }: PaymentAccount): $util.Output<string> =>
  $interpolate`arn:${aws.getPartitionOutput().partition}:iam::${id}:role/${named("payment-topology")}`;

/**
 * The role in payment's account as which Espalier's functions make what payment's topology says. `roles` are the ARNs of
 * theirs, and `permissions` what they may do in their own account, which it may do in this one.
 */
export function topologyRole(
  { provider, id }: PaymentAccount,
  roles: readonly $util.Input<string>[],
  permissions: readonly Permission[],
): aws.iam.Role {
  const here = aws.getCallerIdentityOutput().accountId;
  const moved = permissions.map(({ resources, ...rest }) => ({
    ...rest,
    resources: resources.map((resource) =>
      $util.all([resource, here, id]).apply(([arn, from, to]) => arn.replace(`:${from}:`, `:${to}:`)),
    ),
  }));
  return new aws.iam.Role(
    `${logical("payment-topology")}Role`,
    {
      name: named("payment-topology"),
      assumeRolePolicy: $jsonStringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { AWS: roles }, Action: "sts:AssumeRole" }],
      }),
      inlinePolicies: [{ name: "inline", policy: policy([...moved, ...acceptsShares()]) }],
    },
    { provider },
  );
}

/** An invitation belongs to the account that sends it: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsresourceaccessmanagerram.html */
const acceptsShares = (): Permission[] => [
  { actions: ["ram:GetResourceShareInvitations", "ram:GetResourceShares"], resources: ["*"] },
  {
    actions: ["ram:AcceptResourceShareInvitation"],
    resources: [arn("ram", "resource-share-invitation/*")],
  },
];
