import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { identifier } from "../shapes/identifier.ts";
import { serviceView } from "../views/service.ts";

const Input = z.object({ serviceIdentifier: identifier.service });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_GetService.html */
export function getService({ store }: ControlPlane) {
  return operation(Input, {
    permissions: (input, call) => [
      permission(store, "GetService", arns(call).service(input.serviceIdentifier)),
    ],
    run: (input) => serviceView(lookup(store).service(input.serviceIdentifier)),
  });
}
