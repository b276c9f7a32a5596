import type { Platform, Service } from "../platform.ts";
import { acceptResourceShareInvitation } from "./operations/accept-resource-share-invitation.ts";
import { associateResourceShare } from "./operations/associate-resource-share.ts";
import { createResourceShare } from "./operations/create-resource-share.ts";
import { deleteResourceShare } from "./operations/delete-resource-share.ts";
import { disassociateResourceShare } from "./operations/disassociate-resource-share.ts";
import { getResourceShareAssociations } from "./operations/get-resource-share-associations.ts";
import { getResourceShareInvitations } from "./operations/get-resource-share-invitations.ts";
import { getResourceShares } from "./operations/get-resource-shares.ts";
import { listResources } from "./operations/list-resources.ts";
import { createShares } from "./shares.ts";

/** Resource Access Manager: what an account lets others use of VPC Lattice. */
export interface Ram extends Service {
  readonly name: "ram";
  /** Whether an account has accepted a share of the resource. */
  isShared(resourceArn: string, account: string): boolean;
}

/** One for all accounts, with what is kept of it. */
export function createRam(platform: Platform): Ram {
  const shares = createShares(platform);
  return {
    name: "ram",
    operations: {
      AcceptResourceShareInvitation: acceptResourceShareInvitation(shares),
      AssociateResourceShare: associateResourceShare(shares, platform),
      CreateResourceShare: createResourceShare(shares, platform),
      DeleteResourceShare: deleteResourceShare(shares),
      DisassociateResourceShare: disassociateResourceShare(shares, platform),
      GetResourceShareAssociations: getResourceShareAssociations(shares),
      GetResourceShareInvitations: getResourceShareInvitations(shares),
      GetResourceShares: getResourceShares(shares),
      ListResources: listResources(shares),
    },
    isShared: (resourceArn, account) =>
      shares.of(account, "OTHER-ACCOUNTS").some(({ resources }) => resources.includes(resourceArn)),
  };
}
