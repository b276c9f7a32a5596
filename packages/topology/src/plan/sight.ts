import type { TopologyDocument } from "../document/document.ts";
import type { Existing, ExistingNetwork, ExistingService, ExistingTargetGroup } from "../existing.ts";
import { type Change, ready, refused } from "./change.ts";

/** The tag that says whose a thing is; its value is the document's name. */
export const ownerTag = "espalier:topology";

/** What the AWS Gateway API Controller owns: https://www.gateway-api-controller.eks.aws.dev/latest/ */
export const controllerTag = "application-networking.k8s.aws/ManagedBy";

/** A document beside what exists, and what of it may be adopted. */
export interface Sight {
  readonly document: TopologyDocument;
  readonly existing: Existing;
  /** Addresses of things made by somebody else that this document is to own from now on; a star at the end stands for anything. */
  readonly adopt: readonly string[];
  /** What exists, by name. */
  readonly named: {
    readonly networks: ReadonlyMap<string, ExistingNetwork>;
    readonly services: ReadonlyMap<string, ExistingService>;
    readonly targetGroups: ReadonlyMap<string, ExistingTargetGroup>;
  };
}

/** Where two things have one name, the first is meant. */
export function sightOf(document: TopologyDocument, existing: Existing, adopt: readonly string[]): Sight {
  const byName = <Thing extends { readonly name: string }>(things: readonly Thing[]) =>
    new Map(things.toReversed().map((thing) => [thing.name, thing]));
  const named = {
    networks: byName(existing.networks),
    services: byName(existing.services),
    targetGroups: byName(existing.targetGroups),
  };
  return { document, existing, adopt, named };
}

/** Whether a thing made by others is to be owned: its address is listed, or what it begins with and a star. */
const adopts = ({ adopt }: Sight, address: string): boolean =>
  adopt.some((one) => one === address || (one.endsWith("*") && address.startsWith(one.slice(0, -1))));

export type Tagged = { readonly arn: string; readonly tags: Readonly<Record<string, string>> };

/** Whether this document made it, or adopted it; what a Kubernetes controller writes is nobody else's, whatever its other tags say. */
export const owns = (sight: Sight, thing: Tagged): boolean =>
  thing.tags[ownerTag] === sight.document.name && thing.tags[controllerTag] === undefined;

/** Whether this document may change what is in it: it is its own, or is being adopted. */
export const mayFill = (sight: Sight, address: string, thing: Tagged): boolean =>
  owns(sight, thing) || (thing.tags[controllerTag] === undefined && adopts(sight, address));

/** The tags of a thing: the document's, its own, and whose it is. */
export const tagsFor = (
  sight: Sight,
  own: Readonly<Record<string, string>> = {},
): Record<string, string> => ({
  ...sight.document.tags,
  ...own,
  [ownerTag]: sight.document.name,
});

/**
 * What has to be settled about a thing's owner and tags before anything else of it is changed; undefined where it is ours
 * and tagged as it should be.
 */
export function claim(
  sight: Sight,
  address: string,
  label: string,
  thing: Tagged,
  tags: Readonly<Record<string, string>> = {},
  locks: readonly string[] = [],
): Change | undefined {
  const wanted = tagsFor(sight, tags);
  const write = { operation: "TagResource" as const, input: { resourceArn: thing.arn, tags: wanted } };
  if (!owns(sight, thing)) {
    const owner = thing.tags[ownerTag];
    const controller = thing.tags[controllerTag];
    if (controller !== undefined)
      return refused(
        address,
        `is taken: ${label} belongs to the Kubernetes controller ${controller}; change it there`,
      );
    const whose = owner === undefined ? "no topology made it" : `it belongs to the topology "${owner}"`;
    return adopts(sight, address)
      ? ready({ address, verb: "update", sentence: `adopt ${label}`, locks }, write)
      : refused(address, `is taken: ${label} exists and ${whose}; adopt ${address}, or choose another name`);
  }
  const untagged = Object.keys(wanted).filter((key) => thing.tags[key] !== wanted[key]);
  if (untagged.length === 0) return undefined;
  return ready(
    { address, verb: "update", sentence: `tag ${label} with ${untagged.join(", ")}`, locks },
    write,
  );
}

/** Owning what somebody else made, where that is asked for; undefined where it is not, or it is ours. */
export const adoption = (
  sight: Sight,
  address: string,
  label: string,
  thing: Tagged,
  locks: readonly string[] = [],
): Change | undefined =>
  !owns(sight, thing) && mayFill(sight, address, thing)
    ? claim(sight, address, label, thing, {}, locks)
    : undefined;

export const networkNamed = (sight: Sight, name: string): ExistingNetwork | undefined =>
  sight.named.networks.get(name);

export const serviceNamed = (sight: Sight, name: string): ExistingService | undefined =>
  sight.named.services.get(name);

export const groupNamed = (sight: Sight, name: string): ExistingTargetGroup | undefined =>
  sight.named.targetGroups.get(name);

/** Ours by its tag and no longer in the document. */
export const leftOver = <T extends Tagged & { readonly name: string }>(
  sight: Sight,
  things: readonly T[],
  written: object,
): T[] => things.filter((thing) => owns(sight, thing) && !Object.hasOwn(written, thing.name));

/** Whether Lattice has made it and is not about to change or delete it. */
export const isActive = (thing: { readonly status: string } | undefined): boolean =>
  thing?.status === "ACTIVE";
