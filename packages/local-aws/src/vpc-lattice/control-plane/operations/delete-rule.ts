import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { invalid } from "../errors.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { ruleIdentifiers } from "../shapes/rule-identifiers.ts";

const Input = z.object(ruleIdentifiers);

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_DeleteRule.html */
export function deleteRule({ store }: ControlPlane) {
  return operation(Input, {
    permissions: ({ serviceIdentifier, listenerIdentifier, ruleIdentifier }, call) => [
      permission(store, "DeleteRule", arns(call).rule(serviceIdentifier, listenerIdentifier, ruleIdentifier)),
    ],
    run: ({ serviceIdentifier, listenerIdentifier, ruleIdentifier }) => {
      const rule = lookup(store).rule(serviceIdentifier, listenerIdentifier, ruleIdentifier);
      if (rule.isDefault) {
        throw invalid({ name: "ruleIdentifier", message: "The default rule goes with its listener" });
      }
      store.rules.remove(rule.id);
      store.taggings.remove(rule.arn);
      return {};
    },
  });
}
