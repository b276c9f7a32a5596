import {
  GetServiceCommand,
  GetServiceNetworkCommand,
  paginateListServiceNetworkServiceAssociations,
  type VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";
import {
  type Guard,
  type GuardedNetwork,
  type GuardedService,
  type Premises,
  parsePolicy,
} from "@espalier/policy";
import { listListenerPorts, listServiceLives, listVpcAssociations, tagsIfOurs } from "../topology/list.ts";
import { readEach } from "../topology/read-each.ts";
import { readPolicy } from "../topology/read-policy.ts";

/** How a service is called, before anything else of it is read. */
export interface ServiceNames {
  readonly name: string;
  readonly arn: string;
  /** In lower case. */
  readonly hosts: readonly string[];
}

/**
 * The services that are wanted, all unless told otherwise, and the networks they are called through, with what guards them. What
 * another account keeps to itself is `unknown`. Errors of the SDK come through as they are.
 */
export async function readPremises(
  client: VPCLatticeClient,
  wanted: (service: ServiceNames) => boolean = () => true,
): Promise<Premises> {
  const listed = (await listServiceLives(client)).map((service) => ({
    id: service.id ?? "",
    name: service.name ?? "",
    arn: service.arn ?? "",
    hosts: [service.dnsEntry?.domainName, service.customDomainName].flatMap(
      (host) => host?.toLowerCase() ?? [],
    ),
  }));
  const found = await readEach(listed.filter(wanted), async (service) => ({
    service: await readService(client, service),
    networks: await networksOf(client, service.id),
  }));
  const networks = new Map<string, { readonly arn: string; readonly services: string[] }>();
  for (const { service, networks: joined } of found)
    for (const { id, arn } of joined) {
      const known = networks.get(id) ?? { arn, services: [] };
      networks.set(id, known);
      known.services.push(service.arn);
    }
  return {
    services: found.map(({ service }) => service),
    networks: await readEach([...networks], ([id, { arn, services }]) =>
      readNetwork(client, id, arn, services),
    ),
  };
}

async function readService(
  client: VPCLatticeClient,
  { id, name, arn, hosts }: ServiceNames & { readonly id: string },
): Promise<GuardedService> {
  const [{ authType }, listeners, tags] = await Promise.all([
    client.send(new GetServiceCommand({ serviceIdentifier: id })),
    listListenerPorts(client, id),
    tagsIfOurs(client, arn),
  ]);
  const guard = await readGuard(client, id, `service ${name}`, authType);
  return { name, arn, hosts, guard, listeners, tags: tags ?? {} };
}

async function networksOf(client: VPCLatticeClient, serviceIdentifier: string) {
  const networks: { id: string; arn: string }[] = [];
  for await (const { items = [] } of paginateListServiceNetworkServiceAssociations(
    { client },
    { serviceIdentifier },
  ))
    for (const { serviceNetworkId: id = "", serviceNetworkArn: arn = "", status = "" } of items)
      if (inUse(status)) networks.push({ id, arn });
  return networks;
}

async function readNetwork(
  client: VPCLatticeClient,
  id: string,
  arn: string,
  services: readonly string[],
): Promise<GuardedNetwork> {
  const [network, associations] = await Promise.all([
    client.send(new GetServiceNetworkCommand({ serviceNetworkIdentifier: id })),
    listVpcAssociations(client, id),
  ]);
  const { name = id, authType } = network;
  return {
    ...{ name, arn, services },
    guard: await readGuard(client, id, `network ${name}`, authType),
    vpcs: associations
      .filter(({ status = "" }) => inUse(status))
      .map(({ vpcId = "", createdBy }) => ({ id: vpcId, ...(createdBy ? { account: createdBy } : {}) })),
  };
}

const inUse = (status: string) => status === "ACTIVE" || status === "UPDATE_IN_PROGRESS";

async function readGuard(
  client: VPCLatticeClient,
  id: string,
  owner: string,
  authType: string | undefined,
): Promise<Guard> {
  if (authType !== "AWS_IAM") return { type: "open" };
  try {
    const text = await readPolicy(client, id);
    return { type: "policy", document: text === "" ? undefined : parsePolicy(text) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === "AccessDeniedException")
      return { type: "unknown", why: `the auth policy of ${owner} may not be read: ${error.message}` };
    if (error.name === "PolicyError")
      return { type: "unknown", why: `the auth policy of ${owner} is not understood: ${error.message}` };
    throw error;
  }
}
