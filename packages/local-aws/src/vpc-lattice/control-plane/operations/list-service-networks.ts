import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { operation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { anyResource } from "../permission.ts";
import { pick } from "../pick.ts";
import { isListed } from "../reach.ts";
import { page } from "../shapes/members.ts";
import { networkView } from "../views/network.ts";

const Input = z.object(page);

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_ListServiceNetworks.html */
export function listServiceNetworks(plane: ControlPlane) {
  const { store } = plane;
  return operation(Input, {
    permissions: () => anyResource("ListServiceNetworks"),
    run: (input, call) => {
      const { records, nextToken } = pageOf(
        store.networks.filter(isListed(plane, call)),
        (network) => network.id,
        input,
      );
      const items = records.map((network) =>
        pick(
          networkView(store, network),
          "id",
          "arn",
          "name",
          "numberOfAssociatedVPCs",
          "numberOfAssociatedServices",
          "createdAt",
          "lastUpdatedAt",
        ),
      );
      return { items, nextToken };
    },
  });
}
