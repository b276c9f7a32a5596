import type { CreateResourceShareRequest, CreateResourceShareResponse } from "@aws-sdk/client-ram";
import { AwsError } from "../../aws-error.ts";
import type { Operation, Platform } from "../../platform.ts";
import { partiesOf } from "../parties.ts";
import { requestedTypes } from "../share-context.ts";
import type { Shares } from "../shares.ts";
import { shareView } from "../views.ts";

/** https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html */
export function createResourceShare(
  shares: Shares,
  platform: Platform,
): Operation<CreateResourceShareRequest, CreateResourceShareResponse> {
  return {
    permissions: (input) => [
      { action: "ram:CreateResourceShare", resource: "*", context: requestedTypes(input) },
    ],
    async run(input, call) {
      const { name = "", allowExternalPrincipals = true, tags = [], clientToken } = input;
      const parties = await partiesOf(platform, call, input);
      if (!allowExternalPrincipals && parties.principals.length > 0) {
        const message =
          "Accounts outside of an organisation need allowExternalPrincipals, and there is no organisation";
        throw new AwsError("OperationNotPermittedException", message);
      }
      const before = shares.of(call.account, "SELF").find(({ token }) => token === clientToken);
      if (clientToken !== undefined && before) return { resourceShare: shareView(before), clientToken };
      const now = platform.clock.now();
      const share = shares.put({
        arn: shares.newArn("resource-share", call),
        name,
        owner: call.account,
        ...parties,
        allowExternalPrincipals,
        tags,
        token: clientToken,
        createdAt: now,
        updatedAt: now,
      });
      shares.invite(share, share.principals);
      return { resourceShare: shareView(share), clientToken };
    },
  };
}
