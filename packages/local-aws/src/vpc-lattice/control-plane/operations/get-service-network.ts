import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { identifier } from "../shapes/identifier.ts";
import { networkView } from "../views/network.ts";

const Input = z.object({ serviceNetworkIdentifier: identifier.network });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_GetServiceNetwork.html */
export function getServiceNetwork({ store }: ControlPlane) {
  return operation(Input, {
    permissions: (input, call) => [
      permission(store, "GetServiceNetwork", arns(call).network(input.serviceNetworkIdentifier)),
    ],
    run: (input) => networkView(store, lookup(store).network(input.serviceNetworkIdentifier)),
  });
}
