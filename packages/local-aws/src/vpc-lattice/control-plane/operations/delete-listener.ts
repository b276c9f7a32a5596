import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { removeListener } from "../remove-listener.ts";
import { identifier } from "../shapes/identifier.ts";

const Input = z.object({
  serviceIdentifier: identifier.service,
  listenerIdentifier: identifier.listener,
});

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_DeleteListener.html */
export function deleteListener({ store }: ControlPlane) {
  return operation(Input, {
    permissions: (input, call) => [
      permission(
        store,
        "DeleteListener",
        arns(call).listener(input.serviceIdentifier, input.listenerIdentifier),
      ),
    ],
    run: (input) => {
      removeListener(store, lookup(store).listener(input.serviceIdentifier, input.listenerIdentifier));
      return {};
    },
  });
}
