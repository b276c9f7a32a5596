import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { identifier } from "../shapes/identifier.ts";
import { targetGroupView } from "../views/target-group.ts";

const Input = z.object({ targetGroupIdentifier: identifier.targetGroup });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_GetTargetGroup.html */
export function getTargetGroup({ store }: ControlPlane) {
  return operation(Input, {
    permissions: (input, call) => [
      permission(store, "GetTargetGroup", arns(call).targetGroup(input.targetGroupIdentifier)),
    ],
    run: (input) => targetGroupView(store, lookup(store).targetGroup(input.targetGroupIdentifier)),
  });
}
