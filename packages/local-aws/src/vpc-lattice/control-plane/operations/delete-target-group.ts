import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { conflict } from "../errors.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { pick } from "../pick.ts";
import type { TargetGroup } from "../records.ts";
import { identifier } from "../shapes/identifier.ts";
import type { Store } from "../store.ts";
import { servicesUsing } from "../use-of-groups.ts";

const Input = z.object({ targetGroupIdentifier: identifier.targetGroup });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_DeleteTargetGroup.html */
export function deleteTargetGroup({ store, lifeCycle }: ControlPlane) {
  return operation(Input, {
    permissions: (input, call) => [
      permission(store, "DeleteTargetGroup", arns(call).targetGroup(input.targetGroupIdentifier)),
    ],
    run: (input) => {
      const group = lookup(store).targetGroup(input.targetGroupIdentifier);
      const reason = blocked(store, group);
      if (reason !== undefined)
        throw conflict("TARGET_GROUP", group.id, `Target group ${group.id} ${reason}`);
      store.taggings.remove(group.arn);
      return pick(lifeCycle.end(store.targetGroups, group), "id", "arn", "status");
    },
  });
}

function blocked(store: Store, { id, status }: TargetGroup): string | undefined {
  if (status.endsWith("_IN_PROGRESS")) return `is ${status}`;
  const [service] = servicesUsing(store, id);
  if (service !== undefined) return `is in use by service ${service}`;
  if (store.targets.find((target) => target.groupId === id)) return "has targets registered or draining";
  return undefined;
}
