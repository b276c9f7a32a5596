import * as z from "zod";
import { unconfirmed } from "../../unconfirmed.ts";
import type { ControlPlane } from "../control-plane.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import type { Target } from "../records.ts";
import { identifier } from "../shapes/identifier.ts";
import { TargetInput } from "../shapes/target.ts";
import { listOf } from "../shapes/text.ts";
import { targetOf } from "../targets.ts";

const Input = z.object({
  targetGroupIdentifier: identifier.targetGroup,
  targets: listOf(TargetInput, 1, 100),
});

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_DeregisterTargets.html */
export function deregisterTargets({ store, lifeCycle }: ControlPlane) {
  return operation(Input, {
    permissions: (input, call) => [
      permission(store, "DeregisterTargets", arns(call).targetGroup(input.targetGroupIdentifier)),
    ],
    run: (input) => {
      const group = lookup(store).targetGroup(input.targetGroupIdentifier);
      const found = input.targets.map((given) => store.targets.get(targetOf(group, given).id));
      const drains = group.config.type === "IP" || group.config.type === "INSTANCE";
      for (const target of found) {
        if (target === undefined) continue;
        if (drains) drain(target);
        else store.targets.remove(target.id);
      }
      return {
        successful: found.flatMap((target) => (target ? [{ id: target.target, port: target.port }] : [])),
        unsuccessful: input.targets
          .filter((_, index) => found[index] === undefined)
          .map((given) => ({
            ...given,
            failureCode: "TargetNotFound",
            failureMessage: `${given.id} is not registered with target group ${group.id}`,
          })),
      };
    },
  });

  function drain(target: Target): void {
    if (target.draining) return;
    store.targets.put({ ...target, draining: true });
    lifeCycle.drain(target.id, unconfirmed.drainMs);
  }
}
