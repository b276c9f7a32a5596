import type {
  GetResourceShareInvitationsRequest,
  GetResourceShareInvitationsResponse,
} from "@aws-sdk/client-ram";
import type { Operation } from "../../platform.ts";
import { pageOf } from "../page.ts";
import type { Shares } from "../shares.ts";
import { invitationView } from "../views.ts";

/** https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShareInvitations.html */
export function getResourceShareInvitations(
  shares: Shares,
): Operation<GetResourceShareInvitationsRequest, GetResourceShareInvitationsResponse> {
  return {
    permissions: () => [{ action: "ram:GetResourceShareInvitations", resource: "*" }],
    run({ resourceShareInvitationArns, resourceShareArns, maxResults, nextToken }, call) {
      const wanted = shares
        .invitationsOf(call.account)
        .filter(({ arn }) => resourceShareInvitationArns?.includes(arn) ?? true)
        .filter(({ shareArn }) => resourceShareArns?.includes(shareArn) ?? true);
      const page = pageOf(wanted, { maxResults, nextToken });
      return {
        resourceShareInvitations: page.items.map((each) => invitationView(each, shares.shareOf(each))),
        nextToken: page.nextToken,
      };
    },
  };
}
