import type { Existing, ExistingNetwork, ExistingService, ExistingTargetGroup } from "../existing.ts";
import { controllerTag } from "../plan/sight.ts";
import { type NameOf, namesById, withReferences } from "./names-by-id.ts";
import { ownTags, unlessEmpty, type Written } from "./written.ts";
import { writtenAction } from "./written-action.ts";
import { writtenGroup } from "./written-group.ts";
import { writtenListener } from "./written-listener.ts";

/** Which of what exists is to be in a document. Undefined: all. */
export interface Selection {
  readonly services?: readonly string[] | undefined;
  /** A tag that a thing has, with this value. */
  readonly tag?: readonly [key: string, value: string] | undefined;
  /** As whom it was read, and is to be applied. */
  readonly role?: string | undefined;
}

/** A document as it is written, and why things of the selection are not in it, a sentence each. */
export interface Exported {
  readonly document: Written;
  readonly left: readonly string[];
}

/**
 * What exists as a document: read again and planned with everything adopted, it changes nothing but tags. Networks that are not
 * selected and that a service is in are named as somebody else's.
 */
export function exportDocument(existing: Existing, name: string, selection: Selection = {}): Exported {
  const chosen = choose(existing, selection);
  const nameOf = namesById(existing);
  const references = withReferences([
    ...chosen.networks.map(({ arn, name }) => ({ kind: "network" as const, arn, name })),
    ...chosen.services.map(({ arn, name }) => ({ kind: "service" as const, arn, name })),
  ]);
  const networksOf = (service: ExistingService) => [
    ...existing.networks.filter(has(service)).map((network) => network.name),
    ...existing.otherNetworks.filter(has(service)).map((network) => network.name),
  ];
  const own = new Set(chosen.networks.map((network) => network.name));
  const others = new Set(chosen.services.flatMap(networksOf).filter((network) => !own.has(network)));
  const networks = {
    ...Object.fromEntries(chosen.networks.map((one) => [one.name, writtenNetwork(one, references)])),
    ...Object.fromEntries([...others].map((network) => [network, "external"])),
  };
  const groups = chosen.targetGroups.map((group) => [group.name, writtenGroup(group)]);
  const services = chosen.services.map((one) => [
    one.name,
    writtenService(one, networksOf(one), nameOf, references),
  ]);
  return {
    document: {
      name,
      ...(selection.role !== undefined && { role: selection.role }),
      ...unlessEmpty("networks", networks),
      ...unlessEmpty("targetGroups", Object.fromEntries(groups)),
      ...unlessEmpty("services", Object.fromEntries(services)),
    },
    left: chosen.left,
  };
}

const has = (service: ExistingService) => (network: { services: ExistingNetwork["services"] }) =>
  network.services.some(({ serviceArn }) => serviceArn === service.arn);

type Chosen = Pick<Existing, "networks" | "services" | "targetGroups"> & { readonly left: readonly string[] };

function choose({ networks, services, targetGroups }: Existing, { services: named, tag }: Selection): Chosen {
  const tagged = ({ tags }: { readonly tags: Readonly<Record<string, string>> }) =>
    tag === undefined || tags[tag[0]] === tag[1];
  const wanted = services.filter((one) => tagged(one) && (named === undefined || named.includes(one.name)));
  const strange = new Map(wanted.flatMap((one) => strangenessOf(one)));
  const kept = wanted.filter((one) => !strange.has(one));
  const used = (group: ExistingTargetGroup) => kept.some(({ arn }) => group.usedBy.includes(arn));
  const usedElsewhere = (group: ExistingTargetGroup) =>
    group.usedBy.some((arn) => !kept.some((one) => one.arn === arn));
  const free = (group: ExistingTargetGroup) => named === undefined && tagged(group) && !usedElsewhere(group);
  return {
    networks: named === undefined ? networks.filter((one) => tagged(one) && !isControlled(one)) : [],
    services: kept,
    targetGroups: targetGroups.filter((group) => !isControlled(group) && (used(group) || free(group))),
    left: [...strange.values()],
  };
}

const isControlled = ({ tags }: { readonly tags: Readonly<Record<string, string>> }) => controllerTag in tags;

/** Why a service cannot be in a document, if it cannot. */
function strangenessOf(service: ExistingService): [ExistingService, string][] {
  if (isControlled(service))
    return [
      [
        service,
        `the service ${service.name} belongs to the Kubernetes controller ${service.tags[controllerTag]}`,
      ],
    ];
  const strange = service.listeners.find(({ protocol }) => protocol !== "HTTP" && protocol !== "HTTPS");
  if (strange)
    return [
      [
        service,
        `the service ${service.name} has a listener of protocol ${strange.protocol}, which a document cannot say`,
      ],
    ];
  return [];
}

type References = (policy: string) => unknown;

const shared = (
  { policy, accessLogs, share, tags }: ExistingNetwork | ExistingService,
  references: References,
) => ({
  ...(policy && { policy: references(policy) }),
  ...unlessEmpty(
    "accessLogs",
    accessLogs.map(({ destination }) => destination),
  ),
  ...(share && { share: { principals: share.principals } }),
  ...unlessEmpty("tags", ownTags(tags)),
});

const writtenNetwork = (network: ExistingNetwork, references: References): Written => ({
  ...(network.authType !== "NONE" && { authType: network.authType }),
  ...unlessEmpty(
    "vpcs",
    network.vpcs.map(({ vpc, securityGroups }) => ({
      vpc,
      ...unlessEmpty("securityGroups", securityGroups),
    })),
  ),
  ...shared(network, references),
});

const writtenService = (
  service: ExistingService,
  networks: readonly string[],
  nameOf: NameOf,
  references: References,
): Written => ({
  ...(service.authType !== "NONE" && { authType: service.authType }),
  ...(service.idleTimeoutSeconds !== 60 && { idleTimeoutSeconds: service.idleTimeoutSeconds }),
  ...(service.customDomain && {
    domain: {
      name: service.customDomain,
      ...(service.certificate && { certificate: service.certificate }),
    },
  }),
  ...unlessEmpty("networks", networks),
  ...unlessEmpty(
    "listeners",
    Object.fromEntries(
      service.listeners.map((listener) => [
        listener.name,
        writtenListener(listener, (action) => writtenAction(action, nameOf)),
      ]),
    ),
  ),
  ...shared(service, references),
});
