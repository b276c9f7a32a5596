import type { Existing, ExistingShare } from "../existing.ts";
import { changed } from "./changed.ts";
import type { Folds } from "./fold-write.ts";

type Operation =
  | "CreateResourceShare"
  | "AssociateResourceShare"
  | "DisassociateResourceShare"
  | "DeleteResourceShare";

type Shared = { readonly id: string; readonly arn: string; readonly share: ExistingShare | undefined };

/** Changes the share of the one network or service that `is` says. */
function withShare(
  existing: Existing,
  is: (holder: Shared) => boolean,
  change: (share: ExistingShare | undefined) => ExistingShare | undefined,
): Existing {
  const shared = <Holder extends Shared>(holders: readonly Holder[]) => {
    const id = holders.find(is)?.id ?? "";
    return changed(holders, id, (holder) => ({ ...holder, share: change(holder.share) }));
  };
  return { ...existing, networks: shared(existing.networks), services: shared(existing.services) };
}

const by = (arn: string) => (holder: Shared) => holder.share?.arn === arn;

/** Whom networks and services are shared with. */
export const shareFolds: Folds<Operation> = {
  CreateResourceShare: (existing, { resourceArns, principals }, { arn }) =>
    withShare(
      existing,
      (holder) => resourceArns.includes(holder.arn),
      () => ({ arn, principals }),
    ),

  AssociateResourceShare: (existing, { resourceShareArn, principals }) =>
    withShare(
      existing,
      by(resourceShareArn),
      (share) => share && { ...share, principals: [...new Set([...share.principals, ...principals])] },
    ),

  DisassociateResourceShare: (existing, { resourceShareArn, principals }) =>
    withShare(
      existing,
      by(resourceShareArn),
      (share) =>
        share && { ...share, principals: share.principals.filter((one) => !principals.includes(one)) },
    ),

  DeleteResourceShare: (existing, { resourceShareArn }) =>
    withShare(existing, by(resourceShareArn), () => undefined),
};
