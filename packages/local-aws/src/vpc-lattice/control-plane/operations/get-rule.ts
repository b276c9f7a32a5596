import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { ruleIdentifiers } from "../shapes/rule-identifiers.ts";
import { ruleView } from "../views/rule.ts";

const Input = z.object(ruleIdentifiers);

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_GetRule.html */
export function getRule({ store }: ControlPlane) {
  return operation(Input, {
    permissions: ({ serviceIdentifier, listenerIdentifier, ruleIdentifier }, call) => [
      permission(store, "GetRule", arns(call).rule(serviceIdentifier, listenerIdentifier, ruleIdentifier)),
    ],
    run: ({ serviceIdentifier, listenerIdentifier, ruleIdentifier }) =>
      ruleView(lookup(store).rule(serviceIdentifier, listenerIdentifier, ruleIdentifier)),
  });
}
