import type { Service } from "../document/service.ts";
import type { ExistingNetwork, ExistingService } from "../existing.ts";
import { blocked, type Change, ready, unchanged } from "./change.ts";
import { awaitActive, awaitGone, isLeaving, removal } from "./life.ts";
import { planListeners } from "./plan-listeners.ts";
import { planPolicy } from "./plan-policy.ts";
import { claim, isActive, leftOver, networkNamed, owns, type Sight, serviceNamed, tagsFor } from "./sight.ts";
import type { Write } from "./write.ts";

/** The services of the document with everything in them. `groups` are the changes that target groups still need. */
export function planServices(sight: Sight, groups: readonly Change[]): Change[] {
  return Object.entries(sight.document.services).flatMap(([name, wanted]) => {
    const address = addressOf(name);
    const live = serviceNamed(sight, name);
    const ours = live && owns(sight, live) && isActive(live) ? live : undefined;
    return [
      planService(sight, name, wanted, live),
      ...planListeners(sight, name, wanted.listeners, ours, groups),
      ...planPolicy(sight, address, `the service ${name}`, wanted.policy, ours, locksOf(ours)),
      ...wanted.networks.map((network) => planAssociation(sight, name, network, ours)),
      ...sight.existing.networks
        .filter((network) => !wanted.networks.includes(network.name))
        .flatMap((network) => surplusAssociation(sight, name, network)),
    ];
  });
}

/** Services that this document made and no longer names: out of their networks first. Listeners and rules go with them. */
export function planServiceRemovals(sight: Sight): Change[] {
  return leftOver(sight, sight.existing.services, sight.document.services).flatMap((live) => {
    const networks = sight.existing.networks.filter((network) => associationOf(network, live.name));
    const remove: Write = { operation: "DeleteService", input: { serviceIdentifier: live.id } };
    const after = networks.map((network) => `${addressOf(live.name)}.networks.${network.name}`);
    return [
      ...networks.flatMap((network) => surplusAssociation(sight, live.name, network)),
      removal(addressOf(live.name), `the service ${live.name}`, live, after, remove, [live.arn]),
    ];
  });
}

const addressOf = (name: string) => `services.${name}`;
const locksOf = (live: ExistingService | undefined) => (live ? [live.arn] : []);
const associationOf = (network: ExistingNetwork, service: string) =>
  network.services.find((association) => association.service === service);

function planService(sight: Sight, name: string, wanted: Service, live: ExistingService | undefined): Change {
  const address = addressOf(name);
  const label = `the service ${name}`;
  const { authType, idleTimeoutSeconds } = wanted;
  const timeout = idleTimeoutSeconds === undefined ? {} : { idleTimeoutSeconds };
  if (!live)
    return ready(
      { address, verb: "create", sentence: `create ${label}, authType ${authType}` },
      {
        operation: "CreateService",
        input: { name, authType, ...timeout, tags: tagsFor(sight, wanted.tags) },
      },
    );
  const locks = locksOf(live);
  const remove: Write = { operation: "DeleteService", input: { serviceIdentifier: live.id } };
  const busy =
    awaitGone(address, label, live) ??
    claim(sight, address, label, live, wanted.tags, locks) ??
    awaitActive(address, label, live, remove, locks);
  if (busy) return busy;
  const differing = [
    ...(live.authType === authType ? [] : [`authType from ${live.authType} to ${authType}`]),
    ...(idleTimeoutSeconds === undefined || live.idleTimeoutSeconds === idleTimeoutSeconds
      ? []
      : [`idle timeout from ${live.idleTimeoutSeconds} s to ${idleTimeoutSeconds} s`]),
  ];
  if (differing.length === 0) return unchanged(address, `${label} is as written`);
  const sentence = `change ${label}: ${differing.join(", ")}`;
  const input = { serviceIdentifier: live.id, authType, ...timeout };
  return ready({ address, verb: "update", sentence, locks }, { operation: "UpdateService", input });
}

function planAssociation(
  sight: Sight,
  service: string,
  network: string,
  live: ExistingService | undefined,
): Change {
  const address = `${addressOf(service)}.networks.${network}`;
  const label = `the association of ${service} with ${network}`;
  const joined = networkNamed(sight, network);
  const ours = joined && owns(sight, joined) ? joined : undefined;
  const association = ours && associationOf(ours, service);
  if (association) {
    const busy = awaitActive(address, label, association, dissociate(association), locksOf(live));
    return busy ?? unchanged(address, `${label} is as written`);
  }
  const sentence = `associate the service ${service} with the network ${network}`;
  const step = { address, verb: "create" as const, sentence, locks: locksOf(live) };
  if (!live || !ours)
    return blocked(step, [...(live ? [] : [addressOf(service)]), ...(ours ? [] : [`networks.${network}`])]);
  return ready(step, {
    operation: "CreateServiceNetworkServiceAssociation",
    input: { serviceNetworkIdentifier: ours.id, serviceIdentifier: live.id, tags: tagsFor(sight) },
  });
}

function surplusAssociation(sight: Sight, service: string, network: ExistingNetwork): Change[] {
  const association = associationOf(network, service);
  if (!association || !(owns(sight, association) || isLeaving(association))) return [];
  const label = `the association of ${service} with ${network.name}`;
  const address = `${addressOf(service)}.networks.${network.name}`;
  return [
    removal(address, label, association, [], dissociate(association), locksOf(serviceNamed(sight, service))),
  ];
}

const dissociate = (association: { readonly id: string }): Write => ({
  operation: "DeleteServiceNetworkServiceAssociation",
  input: { serviceNetworkServiceAssociationIdentifier: association.id },
});
