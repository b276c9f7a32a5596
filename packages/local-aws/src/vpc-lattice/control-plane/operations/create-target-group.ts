import type { ControlPlane } from "../control-plane.ts";
import { conflict } from "../errors.ts";
import { checkVpc } from "../existing-vpc.ts";
import { arns } from "../identifiers.ts";
import { operation } from "../operation.ts";
import { ownedBy } from "../ownership.ts";
import { permission } from "../permission.ts";
import { pick } from "../pick.ts";
import { clientToken, name, tags } from "../shapes/members.ts";
import { TargetGroupInput } from "../shapes/target-group.ts";
import { requestTags, tagNew, tagPermissions } from "../tagging.ts";
import { targetGroupConfig } from "../target-group-config.ts";
import { targetGroupView } from "../views/target-group.ts";
import { withinQuota } from "../within-quota.ts";

const Input = TargetGroupInput.extend({ name: name.targetGroup, tags: tags.optional(), clientToken });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_CreateTargetGroup.html */
export function createTargetGroup({ store, platform, settings, lifeCycle, tokens }: ControlPlane) {
  return operation(Input, {
    permissions: (input, call) => {
      const arn = arns(call).targetGroup("*");
      const vpcId = input.config?.vpcIdentifier;
      const context = {
        ...(vpcId === undefined ? {} : { "vpc-lattice:VpcId": vpcId }),
        ...requestTags(input.tags),
      };
      return [
        permission(store, "CreateTargetGroup", arn, context),
        ...tagPermissions(arn, "CreateTargetGroup", input.tags),
        ...(input.type === "LAMBDA" ? [] : [{ action: "ec2:DescribeVpcs", resource: "*" }]),
      ];
    },
    run: async (input, call) => {
      const config = targetGroupConfig(input);
      if (config.type !== "LAMBDA") await checkVpc(platform, call, config.vpcIdentifier);
      return tokens.once(call, "CreateTargetGroup", input, () => {
        const own = store.targetGroups.filter(ownedBy(call));
        const taken = own.find(({ name }) => name === input.name);
        if (taken !== undefined) {
          throw conflict("TARGET_GROUP", taken.id, `Target group ${input.name} already exists`);
        }
        withinQuota(settings, "targetGroups", own.length + 1);
        const id = `tg-${platform.hexId(17)}`;
        const now = platform.clock.now();
        const group = lifeCycle.begin(store.targetGroups, {
          id,
          arn: arns(call).targetGroup(id),
          name: input.name,
          status: "CREATE_IN_PROGRESS",
          config,
          createdAt: now,
          lastUpdatedAt: now,
        });
        tagNew(store, group.arn, input.tags);
        return pick(targetGroupView(store, group), "id", "arn", "name", "type", "config", "status");
      });
    },
  });
}
