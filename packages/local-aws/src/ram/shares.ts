import { AwsError } from "../aws-error.ts";
import type { Call, Platform } from "../platform.ts";
import type { Invitation, Share } from "./share.ts";

/** The resource shares of all accounts. */
export interface Shares {
  put(share: Share): Share;
  remove(share: Share): void;
  /** One of the caller's own. Throws UnknownResourceException. */
  own(call: Call, arn: string | undefined): Share;
  /** Those that an account made, or those that were shared with it and that it accepted. */
  of(account: string, owner: "SELF" | "OTHER-ACCOUNTS"): Share[];
  /** Asks those accounts that the share is new to. */
  invite(share: Share, accounts: readonly string[]): void;
  accept(invitation: Invitation): Invitation;
  invitationsOf(account: string): Invitation[];
  shareOf(invitation: Invitation): Share | undefined;
  hasAccepted(share: Share, account: string): boolean;
  newArn(kind: "resource-share" | "resource-share-invitation", call: Call): string;
}

export function createShares({
  storage,
  clock,
  hexId,
}: Pick<Platform, "storage" | "clock" | "hexId">): Shares {
  const shares = storage.map<Share>("ram.shares");
  const invitations = storage.map<Invitation>("ram.invitations");
  const keyOf = (shareArn: string, account: string) => `${shareArn} ${account}`;
  const hasAccepted = ({ arn, principals }: Share, account: string) =>
    principals.includes(account) && invitations.get(keyOf(arn, account))?.accepted === true;
  const newArn: Shares["newArn"] = (kind, { region, account }) => {
    const id = [8, 4, 4, 4, 12].map(hexId).join("-");
    return `arn:aws:ram:${region}:${account}:${kind}/${id}`;
  };
  return {
    put(share) {
      shares.set(share.arn, share);
      for (const { receiver } of invitations.values().filter(({ shareArn }) => shareArn === share.arn))
        if (!share.principals.includes(receiver)) invitations.delete(keyOf(share.arn, receiver));
      return share;
    },
    remove({ arn, principals }) {
      shares.delete(arn);
      for (const account of principals) invitations.delete(keyOf(arn, account));
    },
    own({ account }, arn = "") {
      const share = shares.get(arn);
      if (share?.owner === account) return share;
      throw new AwsError("UnknownResourceException", `ResourceShare ${arn} could not be found.`);
    },
    of: (account, owner) =>
      shares
        .values()
        .filter((share) => (owner === "SELF" ? share.owner === account : hasAccepted(share, account)))
        .toArray(),
    invite(share, accounts) {
      for (const receiver of accounts) {
        if (invitations.has(keyOf(share.arn, receiver))) continue;
        const [, , , region = "", account = ""] = share.arn.split(":");
        const arn = newArn("resource-share-invitation", { region, account } as Call);
        const invitation = { arn, shareArn: share.arn, receiver, accepted: false, at: clock.now() };
        invitations.set(keyOf(share.arn, receiver), invitation);
      }
    },
    accept(invitation) {
      const accepted = { ...invitation, accepted: true };
      invitations.set(keyOf(invitation.shareArn, invitation.receiver), accepted);
      return accepted;
    },
    invitationsOf: (account) =>
      invitations
        .values()
        .filter(({ receiver }) => receiver === account)
        .toArray(),
    shareOf: ({ shareArn }) => shares.get(shareArn),
    hasAccepted,
    newArn,
  };
}
