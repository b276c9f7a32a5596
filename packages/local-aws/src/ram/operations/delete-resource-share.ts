import type { DeleteResourceShareRequest, DeleteResourceShareResponse } from "@aws-sdk/client-ram";
import type { Operation } from "../../platform.ts";
import { onShare } from "../share-context.ts";
import type { Shares } from "../shares.ts";

/** https://docs.aws.amazon.com/ram/latest/APIReference/API_DeleteResourceShare.html */
export function deleteResourceShare(
  shares: Shares,
): Operation<DeleteResourceShareRequest, DeleteResourceShareResponse> {
  return {
    permissions: ({ resourceShareArn }, call) => [
      onShare(shares, call, "ram:DeleteResourceShare", resourceShareArn),
    ],
    run({ resourceShareArn, clientToken }, call) {
      shares.remove(shares.own(call, resourceShareArn));
      return { returnValue: true, clientToken };
    },
  };
}
