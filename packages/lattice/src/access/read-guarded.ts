import {
  GetServiceCommand,
  GetServiceNetworkCommand,
  paginateListServiceNetworkServiceAssociations,
  type VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";
import { type Guard, type GuardedNetwork, type GuardedService, parsePolicy } from "@espalier/policy";
import { listListenerPorts, listVpcAssociations, tagsIfOurs } from "../topology/list.ts";
import { readPolicy } from "../topology/read-policy.ts";
import type { ServiceNames } from "./read-premises.ts";

/** A service that the account has, or that is shared with it; its listeners and policy are its owner's to show. */
export async function readGuardedService(
  client: VPCLatticeClient,
  { id, name, arn, hosts }: ServiceNames & { readonly id: string },
): Promise<GuardedService> {
  const [{ authType }, listeners, tags] = await Promise.all([
    client.send(new GetServiceCommand({ serviceIdentifier: id })),
    unlessDenied(listListenerPorts(client, id)),
    tagsIfOurs(client, arn),
  ]);
  const guard = await readGuard(client, id, `service ${name}`, authType);
  return { name, arn, hosts, guard, listeners, tags: tags ?? {} };
}

/** A service that is seen in a network only. */
export const strangersService = ({ name, arn, hosts }: ServiceNames): GuardedService => ({
  ...{ name, arn, hosts, listeners: undefined, tags: {} },
  guard: {
    type: "unknown",
    why: `the service ${name} is of account ${arn.split(":")[4]}, and its policy is not seen`,
  },
});

/** The networks that a service is called through, those of other accounts among them. */
export async function networksOfService(client: VPCLatticeClient, serviceIdentifier: string) {
  const networks: { arn: string; name: string }[] = [];
  for await (const { items = [] } of paginateListServiceNetworkServiceAssociations(
    { client },
    { serviceIdentifier },
  ))
    for (const association of items) {
      const { serviceNetworkArn: arn = "", serviceNetworkName: name = arn, status } = association;
      if (status === "ACTIVE") networks.push({ arn, name });
    }
  return networks;
}

/** A network as far as it is seen from here. */
export async function readGuardedNetwork(
  client: VPCLatticeClient,
  { arn, name, services }: Pick<GuardedNetwork, "arn" | "name" | "services">,
): Promise<GuardedNetwork> {
  const [network, associations] = await Promise.all([
    unlessDenied(client.send(new GetServiceNetworkCommand({ serviceNetworkIdentifier: arn }))),
    unlessDenied(listVpcAssociations(client, arn)),
  ]);
  const guard: Guard =
    network === undefined
      ? { type: "unknown", why: `the network ${name} is of account ${arn.split(":")[4]}, and not seen` }
      : await readGuard(client, arn, `network ${name}`, network.authType);
  const vpcs = (associations ?? [])
    .filter(({ status }) => status === "ACTIVE" || status === "UPDATE_IN_PROGRESS")
    .map(({ vpcId = "", createdBy }) => ({ id: vpcId, ...(createdBy ? { account: createdBy } : {}) }));
  return { name, arn, services, guard, vpcs };
}

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

/** What a call answers; undefined where its owner keeps it to itself. */
async function unlessDenied<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  return call.catch((error: Error) => {
    if (error.name === "AccessDeniedException") return undefined;
    throw error;
  });
}
