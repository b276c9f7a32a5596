import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { pick } from "../pick.ts";
import { identifier } from "../shapes/identifier.ts";
import { authType } from "../shapes/members.ts";

const Input = z.object({ serviceNetworkIdentifier: identifier.network, authType });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_UpdateServiceNetwork.html */
export function updateServiceNetwork({ store, platform }: ControlPlane) {
  return operation(Input, {
    permissions: (input, call) => [
      permission(store, "UpdateServiceNetwork", arns(call).network(input.serviceNetworkIdentifier), {
        "vpc-lattice:AuthType": input.authType,
      }),
    ],
    run: (input) => {
      const network = lookup(store).network(input.serviceNetworkIdentifier);
      const updated = store.networks.put({
        ...network,
        authType: input.authType,
        lastUpdatedAt: platform.clock.now(),
      });
      return pick(updated, "id", "name", "arn", "authType");
    },
  });
}
