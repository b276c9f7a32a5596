import {
  ListTagsForResourceCommand,
  paginateListAccessLogSubscriptions,
  paginateListListeners,
  paginateListRules,
  paginateListServiceNetworkServiceAssociations,
  paginateListServiceNetworks,
  paginateListServiceNetworkVpcAssociations,
  paginateListServices,
  paginateListTargetGroups,
  paginateListTargets,
  type VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";

/** The most that Lattice answers at once. */
const pageSize = 100;

export const listNetworks = (client: VPCLatticeClient) =>
  all(paginateListServiceNetworks({ client, pageSize }, {})).then(identified);

export const listServices = (client: VPCLatticeClient) => listServiceLives(client).then(identified);

export const listServiceLives = (client: VPCLatticeClient) =>
  all(paginateListServices({ client, pageSize }, {}));

export const listTargetGroups = (client: VPCLatticeClient) => listGroupLives(client).then(identified);

export const listGroupLives = (client: VPCLatticeClient) =>
  all(paginateListTargetGroups({ client, pageSize }, {}));

export const listVpcAssociations = (client: VPCLatticeClient, network: string) =>
  all(paginateListServiceNetworkVpcAssociations({ client, pageSize }, { serviceNetworkIdentifier: network }));

export const listServiceAssociations = (client: VPCLatticeClient, network: string) =>
  all(
    paginateListServiceNetworkServiceAssociations(
      { client, pageSize },
      { serviceNetworkIdentifier: network },
    ),
  );

export const listAccessLogs = (client: VPCLatticeClient, resourceIdentifier: string) =>
  all(paginateListAccessLogSubscriptions({ client, pageSize }, { resourceIdentifier }));

export const listListeners = (client: VPCLatticeClient, serviceIdentifier: string) =>
  all(paginateListListeners({ client, pageSize }, { serviceIdentifier })).then(identified);

export const listListenerPorts = async (client: VPCLatticeClient, serviceIdentifier: string) =>
  (await all(paginateListListeners({ client, pageSize }, { serviceIdentifier }))).map(
    ({ protocol = "HTTP", port = 0 }) => ({ protocol, port }),
  );

export const listRules = (client: VPCLatticeClient, serviceIdentifier: string, listenerIdentifier: string) =>
  all(paginateListRules({ client, pageSize }, { serviceIdentifier, listenerIdentifier }));

export const listTargets = (client: VPCLatticeClient, targetGroupIdentifier: string) =>
  all(paginateListTargets({ client, pageSize }, { targetGroupIdentifier }));

/** The tags of anything that has an ARN and is this account's. */
export async function tagsOf(client: VPCLatticeClient, arn: string): Promise<Record<string, string>> {
  const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn: arn }));
  return tags ?? {};
}

/** The same of what may be another account's, which keeps its tags to itself: undefined then. */
export async function tagsIfOurs(
  client: VPCLatticeClient,
  arn: string,
): Promise<Record<string, string> | undefined> {
  return tagsOf(client, arn).catch((error: Error) => {
    if (error.name === "AccessDeniedException") return undefined;
    throw error;
  });
}

async function all<Item>(pages: AsyncIterable<{ items?: Item[] | undefined }>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(page.items ?? []));
  return items;
}

/** The SDK's types allow every member to be missing; Lattice never leaves these out. */
function identified(
  items: readonly { id?: string | undefined; arn?: string | undefined; name?: string | undefined }[],
) {
  return items.map(({ id = "", arn = "", name = "" }) => ({ id, arn, name }));
}
