import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { idOf } from "../identifiers.ts";
import { operation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { anyResource } from "../permission.ts";
import { isParty } from "../reach.ts";
import { identifier } from "../shapes/identifier.ts";
import { page } from "../shapes/members.ts";
import { serviceAssociationView } from "../views/service-association.ts";

const Input = z
  .object({
    serviceNetworkIdentifier: identifier.network.optional(),
    serviceIdentifier: identifier.service.optional(),
    ...page,
  })
  .refine((input) => input.serviceNetworkIdentifier !== undefined || input.serviceIdentifier !== undefined, {
    message: "Either serviceNetworkIdentifier or serviceIdentifier must be set",
    path: ["serviceIdentifier"],
  });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_ListServiceNetworkServiceAssociations.html */
export function listServiceNetworkServiceAssociations(plane: ControlPlane) {
  const { store } = plane;
  return operation(Input, {
    permissions: () => anyResource("ListServiceNetworkServiceAssociations"),
    run: ({ serviceNetworkIdentifier: network, serviceIdentifier: service, ...page }, call) => {
      const wanted = store.serviceAssociations.filter(
        (association) =>
          isParty(plane, call, association) &&
          (network === undefined || association.networkId === idOf(network)) &&
          (service === undefined || association.serviceId === idOf(service)),
      );
      const { records, nextToken } = pageOf(wanted, (association) => association.id, page);
      return { items: records.map((association) => serviceAssociationView(store, association)), nextToken };
    },
  });
}
