import { isOwn } from "../document/network.ts";
import type { ExistingService, ExistingServiceAssociation } from "../existing.ts";
import { blocked, type Change, ready, unchanged } from "./change.ts";
import { awaitActive, isLeaving, removal } from "./life.ts";
import { nameOfOther, otherNetwork } from "./other-networks.ts";
import { own } from "./own.ts";
import { adoption, mayFill, networkNamed, owns, type Sight, tagsFor } from "./sight.ts";
import type { Write } from "./write.ts";

/** The networks that a service is to be in, and those that it leaves. `ours` is undefined until it is ACTIVE and ours. */
export function planAssociations(
  sight: Sight,
  service: string,
  networks: readonly string[],
  live: ExistingService | undefined,
  ours: ExistingService | undefined,
): Change[] {
  const wanted = new Set(networks.map((name) => addressOf(service, name)));
  return [
    ...networks.map((name) => planAssociation(sight, service, name, live, ours)),
    ...(live ? planLeaving(sight, live, wanted) : []),
  ];
}

/** Associations of the service that are ours and not among the addresses that are wanted. */
export function planLeaving(sight: Sight, service: ExistingService, wanted: ReadonlySet<string>): Change[] {
  return associationsOf(sight, service)
    .filter(({ address, association }) => !wanted.has(address) && isOurs(sight, association))
    .map(({ address, association, network }) =>
      removal(
        address,
        `the association of ${service.name} with ${network}`,
        association,
        [],
        dissociate(association),
        [service.arn],
      ),
    );
}

/** Every association of a service that is known, with its address and what the document calls the network. */
export function associationsOf(sight: Sight, service: ExistingService) {
  const { networks, otherNetworks } = sight.existing;
  const all = [
    ...networks.map(({ name, services }) => ({ name, services })),
    ...otherNetworks.map((other) => ({ name: nameOfOther(sight, other), services: other.services })),
  ];
  return all.flatMap(({ name, services }) =>
    services
      .filter(({ serviceArn }) => serviceArn === service.arn)
      .map((association) => ({ association, network: name, address: addressOf(service.name, name) })),
  );
}

const addressOf = (service: string, network: string) => `services.${service}.networks.${network}`;

/** Lattice may have dropped the tags of what it is deleting. */
export const isOurs = (sight: Sight, association: ExistingServiceAssociation): boolean =>
  owns(sight, association) || isLeaving(association);

function planAssociation(
  sight: Sight,
  service: string,
  name: string,
  live: ExistingService | undefined,
  ours: ExistingService | undefined,
): Change {
  const address = addressOf(service, name);
  const label = `the association of ${service} with ${name}`;
  const locks = live ? [live.arn] : [];
  const network = joinable(sight, name);
  const association = network?.services.find(({ serviceArn }) => serviceArn === live?.arn);
  if (association) {
    const busy =
      awaitActive(address, label, association, dissociate(association), locks) ??
      adoption(sight, address, label, association, locks);
    return busy ?? unchanged(address, `${label} is as written`);
  }
  const sentence = `associate the service ${service} with the network ${name}`;
  const step = { address, verb: "create" as const, sentence, locks };
  if (!ours || !network)
    return blocked(step, [
      ...(ours ? [] : [`services.${service}`]),
      ...(network ? [] : [`networks.${name}`]),
    ]);
  return ready(step, {
    operation: "CreateServiceNetworkServiceAssociation",
    input: {
      serviceNetworkIdentifier: network.identifier,
      serviceIdentifier: ours.id,
      tags: tagsFor(sight),
    },
  });
}

/** A network that a service can join now: one of ours, or somebody else's, which another account's is known by its ARN to. */
function joinable(sight: Sight, name: string) {
  const written = own(sight.document.networks, name);
  if (written !== undefined && !isOwn(written)) {
    const other = otherNetwork(sight, name);
    return other && { identifier: other.arn, services: other.services };
  }
  const network = networkNamed(sight, name);
  return network && mayFill(sight, `networks.${name}`, network)
    ? { identifier: network.id, services: network.services }
    : undefined;
}

const dissociate = (association: { readonly id: string; readonly arn: string }): Write => ({
  operation: "DeleteServiceNetworkServiceAssociation",
  input: { serviceNetworkServiceAssociationIdentifier: association.id },
});
