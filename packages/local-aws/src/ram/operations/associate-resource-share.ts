import type { AssociateResourceShareRequest, AssociateResourceShareResponse } from "@aws-sdk/client-ram";
import type { Operation, Platform } from "../../platform.ts";
import { partiesOf } from "../parties.ts";
import { onShare } from "../share-context.ts";
import type { Shares } from "../shares.ts";
import { associationViews } from "../views.ts";

/** https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociateResourceShare.html */
export function associateResourceShare(
  shares: Shares,
  platform: Platform,
): Operation<AssociateResourceShareRequest, AssociateResourceShareResponse> {
  return {
    permissions: ({ resourceShareArn }, call) => [
      onShare(shares, call, "ram:AssociateResourceShare", resourceShareArn),
    ],
    async run(input, call) {
      shares.own(call, input.resourceShareArn);
      const added = await partiesOf(platform, call, input);
      // As it is now: others may have changed it meanwhile.
      const share = shares.own(call, input.resourceShareArn);
      const updated = shares.put({
        ...share,
        resources: [...new Set([...share.resources, ...added.resources])],
        principals: [...new Set([...share.principals, ...added.principals])],
        updatedAt: platform.clock.now(),
      });
      shares.invite(updated, added.principals);
      return {
        resourceShareAssociations: associationViews(shares, updated, added),
        clientToken: input.clientToken,
      };
    },
  };
}
