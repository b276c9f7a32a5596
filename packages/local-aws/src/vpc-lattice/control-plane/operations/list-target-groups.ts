import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { operation } from "../operation.ts";
import { ownedBy } from "../ownership.ts";
import { pageOf } from "../paging.ts";
import { anyResource } from "../permission.ts";
import { identifier } from "../shapes/identifier.ts";
import { page } from "../shapes/members.ts";
import { TargetGroupInput } from "../shapes/target-group.ts";
import { usersOfGroups } from "../use-of-groups.ts";
import { targetGroupSummary } from "../views/target-group.ts";

const Input = z.object({
  vpcIdentifier: identifier.vpc.optional(),
  targetGroupType: TargetGroupInput.shape.type.optional(),
  ...page,
});

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_ListTargetGroups.html */
export function listTargetGroups({ store }: ControlPlane) {
  return operation(Input, {
    permissions: () => anyResource("ListTargetGroups"),
    run: ({ vpcIdentifier, targetGroupType, ...page }, call) => {
      const own = ownedBy(call);
      const groups = store.targetGroups.filter(
        ({ arn, config }) =>
          own({ arn }) &&
          (targetGroupType === undefined || config.type === targetGroupType) &&
          (vpcIdentifier === undefined ||
            (config.type !== "LAMBDA" && config.vpcIdentifier === vpcIdentifier)),
      );
      const { records, nextToken } = pageOf(groups, (group) => group.id, page);
      const users = usersOfGroups(store);
      const items = records.map((group) => targetGroupSummary(store, group, users.get(group.id) ?? []));
      return { items, nextToken };
    },
  });
}
