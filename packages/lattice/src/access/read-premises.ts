import type { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import type { Premises } from "@espalier/policy";
import { listNetworks, listServiceAssociations, listServiceLives } from "../topology/list.ts";
import { readEach } from "../topology/read-each.ts";
import {
  networksOfService,
  readGuardedNetwork,
  readGuardedService,
  strangersService,
} from "./read-guarded.ts";

/** How a service is called, before anything else of it is read. */
export interface ServiceNames {
  readonly name: string;
  readonly arn: string;
  /** In lower case. */
  readonly hosts: readonly string[];
}

/**
 * The services that are meant, all unless told otherwise, and the networks they are called through, with what guards them. Services
 * of other accounts in networks that can be seen are looked for too, unless one of the account's own is meant; what their owners keep
 * to themselves is unknown. Errors of the SDK come through as they are.
 */
export async function readPremises(
  client: VPCLatticeClient,
  meant?: (service: ServiceNames) => boolean,
): Promise<Premises> {
  const listed = (await listServiceLives(client)).map(namesOf);
  const own = listed.filter((service) => meant?.(service) ?? true);
  const networks = new Map<string, { readonly name: string; readonly services: Set<string> }>();
  const joins = (service: string, { name, arn }: { name: string; arn: string }) => {
    const known = networks.get(arn) ?? { name, services: new Set<string>() };
    networks.set(arn, known);
    known.services.add(service);
  };
  const services = await readEach(own, async (service) => {
    for (const network of await networksOfService(client, service.id)) joins(service.arn, network);
    return readGuardedService(client, service);
  });
  if (meant === undefined || own.length === 0) {
    const known = new Set(listed.map(({ arn }) => arn));
    for (const network of await listNetworks(client))
      for (const association of await listServiceAssociations(client, network.id)) {
        const names = namesOf({ ...association, name: association.serviceName, arn: association.serviceArn });
        if (known.has(names.arn) || association.status !== "ACTIVE" || !(meant?.(names) ?? true)) continue;
        joins(names.arn, network);
        if (!services.some(({ arn }) => arn === names.arn)) services.push(strangersService(names));
      }
  }
  return {
    services,
    networks: await readEach([...networks], ([arn, { name, services: joined }]) =>
      readGuardedNetwork(client, { arn, name, services: [...joined] }),
    ),
  };
}

/** Of a service or an association with one: both tell its names. */
function namesOf(told: {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly arn?: string | undefined;
  readonly dnsEntry?: { readonly domainName?: string | undefined } | undefined;
  readonly customDomainName?: string | undefined;
}): ServiceNames & { readonly id: string } {
  const hosts = [told.dnsEntry?.domainName, told.customDomainName].flatMap(
    (host) => host?.toLowerCase() ?? [],
  );
  return { id: told.id ?? "", name: told.name ?? "", arn: told.arn ?? "", hosts };
}
