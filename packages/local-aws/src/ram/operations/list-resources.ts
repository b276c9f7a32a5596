import type { ListResourcesRequest, ListResourcesResponse } from "@aws-sdk/client-ram";
import type { Operation } from "../../platform.ts";
import { pageOf } from "../page.ts";
import { resourceTypeOf } from "../parties.ts";
import type { Shares } from "../shares.ts";

/** https://docs.aws.amazon.com/ram/latest/APIReference/API_ListResources.html */
export function listResources(shares: Shares): Operation<ListResourcesRequest, ListResourcesResponse> {
  return {
    permissions: () => [{ action: "ram:ListResources", resource: "*" }],
    run(
      { resourceOwner, principal, resourceType, resourceArns, resourceShareArns, maxResults, nextToken },
      call,
    ) {
      const resources = shares
        .of(call.account, resourceOwner === "SELF" ? "SELF" : "OTHER-ACCOUNTS")
        .filter((share) => resourceShareArns?.includes(share.arn) ?? true)
        .filter((share) => principal === undefined || [share.owner, ...share.principals].includes(principal))
        .flatMap((share) =>
          share.resources.map((arn) => ({
            arn,
            type: resourceTypeOf(arn),
            resourceShareArn: share.arn,
            status: "AVAILABLE" as const,
            creationTime: new Date(share.createdAt),
            lastUpdatedTime: new Date(share.updatedAt),
            resourceRegionScope: "REGIONAL" as const,
          })),
        )
        .filter(({ arn }) => resourceArns?.includes(arn) ?? true)
        .filter(({ type }) => resourceType === undefined || type === resourceType);
      const page = pageOf(resources, { maxResults, nextToken });
      return { resources: page.items, nextToken: page.nextToken };
    },
  };
}
