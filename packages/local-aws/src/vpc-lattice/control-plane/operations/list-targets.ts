import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { permission } from "../permission.ts";
import { identifier } from "../shapes/identifier.ts";
import { page } from "../shapes/members.ts";
import { TargetInput } from "../shapes/target.ts";
import { listOf } from "../shapes/text.ts";
import { targetOf, targetsOf } from "../targets.ts";

const Input = z.object({
  targetGroupIdentifier: identifier.targetGroup,
  targets: listOf(TargetInput, 0, 20).optional(),
  ...page,
});

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_ListTargets.html */
export function listTargets({ store, targetHealth }: ControlPlane) {
  return operation(Input, {
    permissions: (input, call) => [
      permission(store, "ListTargets", arns(call).targetGroup(input.targetGroupIdentifier)),
    ],
    run: ({ targetGroupIdentifier, targets = [], ...page }) => {
      const group = lookup(store).targetGroup(targetGroupIdentifier);
      const wanted = new Set(targets.map((given) => targetOf(group, given).id));
      const all = targetsOf(store, group.id).filter(({ id }) => wanted.size === 0 || wanted.has(id));
      const { records, nextToken } = pageOf(all, (target) => target.id, page);
      const items = records.map((target) => ({
        id: target.target,
        port: target.port,
        ...targetHealth(group, target),
      }));
      return { items, nextToken };
    },
  });
}
