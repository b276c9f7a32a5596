import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { idOf } from "../identifiers.ts";
import { operation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { anyResource } from "../permission.ts";
import { pick } from "../pick.ts";
import { isParty } from "../reach.ts";
import { identifier } from "../shapes/identifier.ts";
import { page } from "../shapes/members.ts";
import { vpcAssociationView } from "../views/vpc-association.ts";

const Input = z
  .object({
    serviceNetworkIdentifier: identifier.network.optional(),
    vpcIdentifier: identifier.vpc.optional(),
    ...page,
  })
  .refine((input) => input.serviceNetworkIdentifier !== undefined || input.vpcIdentifier !== undefined, {
    message: "Either serviceNetworkIdentifier or vpcIdentifier must be set",
    path: ["vpcIdentifier"],
  });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_ListServiceNetworkVpcAssociations.html */
export function listServiceNetworkVpcAssociations(plane: ControlPlane) {
  const { store } = plane;
  return operation(Input, {
    permissions: () => anyResource("ListServiceNetworkVpcAssociations"),
    run: ({ serviceNetworkIdentifier: network, vpcIdentifier: vpc, ...page }, call) => {
      const wanted = store.vpcAssociations.filter(
        (association) =>
          isParty(plane, call, association) &&
          (network === undefined || association.networkId === idOf(network)) &&
          (vpc === undefined || association.vpcId === vpc),
      );
      const { records, nextToken } = pageOf(wanted, (association) => association.id, page);
      const items = records.map((association) =>
        pick(
          vpcAssociationView(store, association),
          "id",
          "arn",
          "status",
          "createdBy",
          "createdAt",
          "lastUpdatedAt",
          "serviceNetworkId",
          "serviceNetworkName",
          "serviceNetworkArn",
          "vpcId",
          "privateDnsEnabled",
          "dnsOptions",
        ),
      );
      return { items, nextToken };
    },
  });
}
