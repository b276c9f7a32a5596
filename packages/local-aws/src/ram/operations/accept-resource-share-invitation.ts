import type {
  AcceptResourceShareInvitationRequest,
  AcceptResourceShareInvitationResponse,
} from "@aws-sdk/client-ram";
import { AwsError } from "../../aws-error.ts";
import type { Operation } from "../../platform.ts";
import type { Shares } from "../shares.ts";
import { invitationView } from "../views.ts";

/** https://docs.aws.amazon.com/ram/latest/APIReference/API_AcceptResourceShareInvitation.html */
export function acceptResourceShareInvitation(
  shares: Shares,
): Operation<AcceptResourceShareInvitationRequest, AcceptResourceShareInvitationResponse> {
  return {
    permissions: ({ resourceShareInvitationArn = "*" }) => [
      { action: "ram:AcceptResourceShareInvitation", resource: resourceShareInvitationArn },
    ],
    run({ resourceShareInvitationArn = "", clientToken }, call) {
      const found = shares.invitationsOf(call.account).find(({ arn }) => arn === resourceShareInvitationArn);
      if (found === undefined) {
        const message = `ResourceShareInvitation ${resourceShareInvitationArn} could not be found.`;
        throw new AwsError("ResourceShareInvitationArnNotFoundException", message);
      }
      if (found.accepted) {
        const message = `ResourceShareInvitation ${resourceShareInvitationArn} has already been accepted.`;
        throw new AwsError("ResourceShareInvitationAlreadyAcceptedException", message);
      }
      return {
        resourceShareInvitation: invitationView(shares.accept(found), shares.shareOf(found)),
        clientToken,
      };
    },
  };
}
