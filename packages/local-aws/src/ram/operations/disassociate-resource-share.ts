import type {
  DisassociateResourceShareRequest,
  DisassociateResourceShareResponse,
} from "@aws-sdk/client-ram";
import type { Operation, Platform } from "../../platform.ts";
import { onShare } from "../share-context.ts";
import type { Shares } from "../shares.ts";
import { associationViews } from "../views.ts";

/** https://docs.aws.amazon.com/ram/latest/APIReference/API_DisassociateResourceShare.html */
export function disassociateResourceShare(
  shares: Shares,
  platform: Platform,
): Operation<DisassociateResourceShareRequest, DisassociateResourceShareResponse> {
  return {
    permissions: ({ resourceShareArn }, call) => [
      onShare(shares, call, "ram:DisassociateResourceShare", resourceShareArn),
    ],
    run({ resourceShareArn, resourceArns = [], principals = [], clientToken }, call) {
      const share = shares.own(call, resourceShareArn);
      const gone = {
        resources: share.resources.filter((arn) => resourceArns.includes(arn)),
        principals: share.principals.filter((account) => principals.includes(account)),
      };
      const updated = shares.put({
        ...share,
        resources: share.resources.filter((arn) => !gone.resources.includes(arn)),
        principals: share.principals.filter((account) => !gone.principals.includes(account)),
        updatedAt: platform.clock.now(),
      });
      return {
        resourceShareAssociations: associationViews(shares, updated, gone, "DISASSOCIATED"),
        clientToken,
      };
    },
  };
}
