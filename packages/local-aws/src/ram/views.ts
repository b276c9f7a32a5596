import type { Invitation, Share } from "./share.ts";
import type { Shares } from "./shares.ts";

/** A share as the API shows it. */
export function shareView(share: Share) {
  return {
    resourceShareArn: share.arn,
    name: share.name,
    owningAccountId: share.owner,
    allowExternalPrincipals: share.allowExternalPrincipals,
    status: "ACTIVE" as const,
    tags: share.tags.map(({ key, value }) => ({ key, value })),
    creationTime: new Date(share.createdAt),
    lastUpdatedTime: new Date(share.updatedAt),
    featureSet: "STANDARD" as const,
  };
}

type Status = "ASSOCIATED" | "ASSOCIATING" | "DISASSOCIATED";

/** The associations of a share with these resources and accounts; an account that has not accepted is still ASSOCIATING. */
export function associationViews(
  shares: Shares,
  share: Share,
  { resources, principals }: Pick<Share, "resources" | "principals">,
  status?: "DISASSOCIATED",
) {
  const view = (associatedEntity: string, associationType: "RESOURCE" | "PRINCIPAL", usual: Status) => ({
    resourceShareArn: share.arn,
    resourceShareName: share.name,
    associatedEntity,
    associationType,
    status: status ?? usual,
    creationTime: new Date(share.createdAt),
    lastUpdatedTime: new Date(share.updatedAt),
    external: associationType === "PRINCIPAL",
  });
  return [
    ...resources.map((arn) => view(arn, "RESOURCE", "ASSOCIATED")),
    ...principals.map((account) =>
      view(account, "PRINCIPAL", shares.hasAccepted(share, account) ? "ASSOCIATED" : "ASSOCIATING"),
    ),
  ];
}

/** An invitation as the API shows it. */
export function invitationView(invitation: Invitation, share: Share | undefined) {
  return {
    resourceShareInvitationArn: invitation.arn,
    resourceShareArn: invitation.shareArn,
    resourceShareName: share?.name,
    senderAccountId: share?.owner,
    receiverAccountId: invitation.receiver,
    invitationTimestamp: new Date(invitation.at),
    status: invitation.accepted ? ("ACCEPTED" as const) : ("PENDING" as const),
  };
}
