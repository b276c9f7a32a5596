import type { Share } from "../document/share.ts";
import type { ExistingShare } from "../existing.ts";
import { blocked, type Change, ready, unchanged } from "./change.ts";
import { type Sight, tagsFor } from "./sight.ts";

interface Holder {
  /** The address of the network or service. */
  readonly address: string;
  readonly label: string;
  /** Undefined until it exists and is ours. */
  readonly live: { readonly arn: string; readonly share: ExistingShare | undefined } | undefined;
}

/** The resource share of a network or a service: none or one change. Whoever is new to it is let in before others are shut out. */
export function planShare(sight: Sight, holder: Holder, wanted: Share | undefined): Change[] {
  const { live, label } = holder;
  const address = shareAddress(holder.address);
  if (wanted === undefined) return live?.share ? [planShareRemoval(holder, live.share)] : [];
  const { principals } = wanted;
  const start = {
    address,
    verb: "create" as const,
    sentence: `share ${label} with ${principals.join(", ")}`,
  };
  if (!live) return [blocked(start, [holder.address])];
  if (!live.share)
    return [
      ready(start, {
        operation: "CreateResourceShare",
        input: {
          name: `espalier-${sight.document.name}-${holder.address.replace(".", "-")}`,
          resourceArns: [live.arn],
          principals,
          tags: tagsFor(sight),
        },
      }),
    ];
  const { arn: resourceShareArn, principals: present } = live.share;
  const joining = principals.filter((principal) => !present.includes(principal));
  const leaving = present.filter((principal) => !principals.includes(principal));
  const step = { address, verb: "update" as const };
  if (joining.length > 0)
    return [
      ready(
        { ...step, sentence: `share ${label} with ${joining.join(", ")} too` },
        { operation: "AssociateResourceShare", input: { resourceShareArn, principals: joining } },
      ),
    ];
  if (leaving.length > 0)
    return [
      ready(
        { ...step, sentence: `share ${label} with ${leaving.join(", ")} no longer` },
        { operation: "DisassociateResourceShare", input: { resourceShareArn, principals: leaving } },
      ),
    ];
  return [unchanged(address, `the share of ${label} is as written`)];
}

export const shareAddress = (holder: string): string => `${holder}.share`;

/** What is in use by others stays so: an association outlives the share that it was made under. */
export const planShareRemoval = ({ address, label }: Holder, share: ExistingShare): Change =>
  ready(
    { address: shareAddress(address), verb: "delete", sentence: `share ${label} with nobody` },
    { operation: "DeleteResourceShare", input: { resourceShareArn: share.arn } },
  );
