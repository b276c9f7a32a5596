import {
  type GetResourceShareAssociationsRequest,
  paginateGetResourceShareAssociations,
  paginateGetResourceShares,
  type RAMClient,
} from "@aws-sdk/client-ram";
import { type ExistingShare, ownerTag } from "@espalier/topology";

/** The resource shares that the document of this name made, by the ARN of what is shared. */
export async function readShares(client: RAMClient, owner: string): Promise<Map<string, ExistingShare>> {
  const arns: string[] = [];
  for await (const page of paginateGetResourceShares({ client }, { resourceOwner: "SELF" }))
    for (const { resourceShareArn, status, tags = [] } of page.resourceShares ?? [])
      if (
        resourceShareArn &&
        isThere(status) &&
        tags.some(({ key, value }) => key === ownerTag && value === owner)
      )
        arns.push(resourceShareArn);
  if (arns.length === 0) return new Map();
  const [resources, principals] = await Promise.all([
    associated(client, arns, "RESOURCE"),
    associated(client, arns, "PRINCIPAL"),
  ]);
  return new Map(
    resources.map(({ share, entity }) => [
      entity,
      { arn: share, principals: principals.filter((one) => one.share === share).map((one) => one.entity) },
    ]),
  );
}

/** RAM goes on showing for a while what has been deleted. */
const isThere = (status: string | undefined): boolean => status === "ACTIVE" || status === "PENDING";
const gone = new Set<string | undefined>(["DISASSOCIATING", "DISASSOCIATED", "FAILED"]);

/** Shares asked after at once: https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShareAssociations.html */
const atOnce = 100;

async function associated(
  client: RAMClient,
  arns: readonly string[],
  associationType: NonNullable<GetResourceShareAssociationsRequest["associationType"]>,
) {
  const found: { share: string; entity: string }[] = [];
  for (let first = 0; first < arns.length; first += atOnce) {
    const resourceShareArns = arns.slice(first, first + atOnce);
    for await (const page of paginateGetResourceShareAssociations(
      { client },
      { associationType, resourceShareArns },
    ))
      for (const { resourceShareArn, associatedEntity, status } of page.resourceShareAssociations ?? [])
        if (resourceShareArn && associatedEntity && !gone.has(status))
          found.push({ share: resourceShareArn, entity: associatedEntity });
  }
  return found;
}
