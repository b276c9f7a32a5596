import {
  AcceptResourceShareInvitationCommand,
  GetResourceShareInvitationsCommand,
  GetResourceSharesCommand,
  type RAMClient,
} from "@aws-sdk/client-ram";

/**
 * Accepts what the account `from` has invited another account to share, whose client this is; within an organization nobody is
 * invited. True once something is shared. https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-invitations.html
 */
export async function acceptShares(ram: RAMClient, from: string): Promise<boolean> {
  const { resourceShareInvitations = [] } = await ram.send(new GetResourceShareInvitationsCommand({}));
  const ours = resourceShareInvitations.filter(
    ({ senderAccountId, status }) => senderAccountId === from && status === "PENDING",
  );
  for (const { resourceShareInvitationArn } of ours)
    await ram.send(new AcceptResourceShareInvitationCommand({ resourceShareInvitationArn }));
  const { resourceShares = [] } = await ram.send(
    new GetResourceSharesCommand({ resourceOwner: "OTHER-ACCOUNTS", resourceShareStatus: "ACTIVE" }),
  );
  return resourceShares.some(({ owningAccountId }) => owningAccountId === from);
}
