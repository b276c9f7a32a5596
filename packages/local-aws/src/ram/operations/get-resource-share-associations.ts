import type {
  GetResourceShareAssociationsRequest,
  GetResourceShareAssociationsResponse,
} from "@aws-sdk/client-ram";
import type { Operation } from "../../platform.ts";
import { pageOf } from "../page.ts";
import type { Shares } from "../shares.ts";
import { associationViews } from "../views.ts";

/** https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShareAssociations.html */
export function getResourceShareAssociations(
  shares: Shares,
): Operation<GetResourceShareAssociationsRequest, GetResourceShareAssociationsResponse> {
  return {
    permissions: () => [{ action: "ram:GetResourceShareAssociations", resource: "*" }],
    run(
      {
        associationType,
        resourceShareArns,
        resourceArn,
        principal,
        associationStatus,
        maxResults,
        nextToken,
      },
      call,
    ) {
      const wanted = shares
        .of(call.account, "SELF")
        .filter(({ arn }) => resourceShareArns?.includes(arn) ?? true)
        .flatMap((share) => associationViews(shares, share, share))
        .filter((view) => view.associationType === associationType)
        .filter(({ associatedEntity }) =>
          [resourceArn ?? associatedEntity, principal ?? associatedEntity].every(
            (named) => named === associatedEntity,
          ),
        )
        .filter(({ status }) => associationStatus === undefined || status === associationStatus);
      const page = pageOf(wanted, { maxResults, nextToken });
      return { resourceShareAssociations: page.items, nextToken: page.nextToken };
    },
  };
}
