import * as z from "zod";
import type { Call, Permission } from "../../../platform.ts";
import { allowInvoke, functionExists } from "../allow-invoke.ts";
import type { ControlPlane } from "../control-plane.ts";
import { conflict, quotaExceeded } from "../errors.ts";
import { arns } from "../identifiers.ts";
import { instanceRefusal } from "../instance-refusal.ts";
import { loadBalancerRefusal } from "../load-balancer-refusal.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import type { TargetGroup } from "../records.ts";
import { identifier } from "../shapes/identifier.ts";
import { TargetInput } from "../shapes/target.ts";
import { listOf } from "../shapes/text.ts";
import { targetOf, targetsOf, unsupported } from "../targets.ts";
import { withinQuota } from "../within-quota.ts";

const Input = z.object({
  targetGroupIdentifier: identifier.targetGroup,
  targets: listOf(TargetInput, 1, 100),
});
type Input = z.output<typeof Input>;

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_RegisterTargets.html */
export function registerTargets(plane: ControlPlane) {
  const { store } = plane;
  return operation(Input, {
    permissions: (input, call) => {
      const group = lookup(store).targetGroup(input.targetGroupIdentifier);
      return [
        permission(store, "RegisterTargets", arns(call).targetGroup(input.targetGroupIdentifier)),
        ...dependentPermissions(group, input),
      ];
    },
    run: async (input, call) => {
      const group = lookup(store).targetGroup(input.targetGroupIdentifier);
      if (group.status === "DELETE_IN_PROGRESS") {
        throw conflict("TARGET_GROUP", group.id, `Target group ${group.id} is being deleted`);
      }
      const wrong = await Promise.all(input.targets.map((given) => refusal(plane, call, group, given)));
      checkRoom(
        plane,
        group,
        input.targets.filter((_, index) => wrong[index] === undefined),
      );
      const successful = input.targets.filter((_, index) => wrong[index] === undefined);
      for (const given of successful) {
        if (group.config.type === "LAMBDA") await allowInvoke(plane.platform, call, given.id, group);
        store.targets.put(targetOf(group, given));
      }
      return {
        successful: successful.map((given) => ({ id: given.id, port: targetOf(group, given).port })),
        unsuccessful: input.targets.flatMap((given, index) => {
          const failureMessage = wrong[index];
          if (failureMessage === undefined) return [];
          return [{ id: given.id, port: given.port, failureCode: "UnsupportedTarget", failureMessage }];
        }),
      };
    },
  });
}

/** See "Dependent actions" in the service authorization reference of VPC Lattice. */
function dependentPermissions(group: TargetGroup, input: Input): Permission[] {
  if (group.config.type === "LAMBDA") {
    return input.targets.map(({ id }) => ({ action: "lambda:GetFunction", resource: id }));
  }
  const actions = ["ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeInstances"];
  if (group.config.type === "ALB") actions.push("elasticloadbalancing:DescribeLoadBalancers");
  return actions.map((action) => ({ action, resource: "*" }));
}

async function refusal(
  plane: ControlPlane,
  call: Call,
  group: TargetGroup,
  given: TargetInput,
): Promise<string | undefined> {
  const reason = unsupported(group, given);
  if (reason !== undefined) return reason;
  switch (group.config.type) {
    case "LAMBDA":
      return (await functionExists(plane.platform, call, given.id))
        ? undefined
        : `Function not found: ${given.id}`;
    case "INSTANCE":
      return instanceRefusal(plane, call, group.config.vpcIdentifier, given.id);
    case "ALB":
      return loadBalancerRefusal(plane, call, group, targetOf(group, given));
    case "IP":
      return undefined;
  }
}

function checkRoom({ store, settings }: ControlPlane, group: TargetGroup, more: readonly TargetInput[]) {
  const kept = targetsOf(store, group.id).filter((target) => !target.draining);
  const all = new Set([...kept.map(({ id }) => id), ...more.map((given) => targetOf(group, given).id)]);
  if (group.config.type === "IP" || group.config.type === "INSTANCE") {
    withinQuota(settings, "targetsPerGroup", all.size);
  } else if (all.size > 1) {
    const message = `Target group ${group.id} of type ${group.config.type} can have one target`;
    throw quotaExceeded("TARGET_GROUP", "L-D71303F3", message);
  }
}
