import {
  ListTagsForResourceCommand,
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

export const listNetworks = (client: VPCLatticeClient) =>
  all(paginateListServiceNetworks({ client }, {})).then(identified);

export const listServices = (client: VPCLatticeClient) =>
  all(paginateListServices({ client }, {})).then(identified);

export const listTargetGroups = (client: VPCLatticeClient) =>
  all(paginateListTargetGroups({ client }, {})).then(identified);

export const listVpcAssociations = (client: VPCLatticeClient, network: string) =>
  all(paginateListServiceNetworkVpcAssociations({ client }, { serviceNetworkIdentifier: network }));

export const listServiceAssociations = (client: VPCLatticeClient, network: string) =>
  all(paginateListServiceNetworkServiceAssociations({ client }, { serviceNetworkIdentifier: network }));

export const listListeners = (client: VPCLatticeClient, serviceIdentifier: string) =>
  all(paginateListListeners({ client }, { serviceIdentifier })).then(identified);

export const listRules = (client: VPCLatticeClient, serviceIdentifier: string, listenerIdentifier: string) =>
  all(paginateListRules({ client }, { serviceIdentifier, listenerIdentifier }));

export const listTargets = (client: VPCLatticeClient, targetGroupIdentifier: string) =>
  all(paginateListTargets({ client }, { targetGroupIdentifier }));

/** The tags of anything that has an ARN. */
export async function tagsOf(client: VPCLatticeClient, arn: string): Promise<Record<string, string>> {
  const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn: arn }));
  return tags ?? {};
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
