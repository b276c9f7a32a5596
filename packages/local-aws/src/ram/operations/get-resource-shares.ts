import type { GetResourceSharesRequest, GetResourceSharesResponse } from "@aws-sdk/client-ram";
import type { Operation } from "../../platform.ts";
import { pageOf } from "../page.ts";
import type { Shares } from "../shares.ts";
import { shareView } from "../views.ts";

/** https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShares.html */
export function getResourceShares(
  shares: Shares,
): Operation<GetResourceSharesRequest, GetResourceSharesResponse> {
  return {
    permissions: () => [{ action: "ram:GetResourceShares", resource: "*" }],
    run({ resourceOwner, resourceShareArns, name, maxResults, nextToken }, call) {
      const wanted = shares
        .of(call.account, resourceOwner === "SELF" ? "SELF" : "OTHER-ACCOUNTS")
        .filter((share) => resourceShareArns === undefined || resourceShareArns.includes(share.arn))
        .filter((share) => name === undefined || share.name === name);
      const page = pageOf(wanted, { maxResults, nextToken });
      return { resourceShares: page.items.map(shareView), nextToken: page.nextToken };
    },
  };
}
