import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { invalid } from "../errors.ts";
import { defaultHealthCheck, withHealthCheck } from "../health-check-config.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { pick } from "../pick.ts";
import { HealthCheckInput } from "../shapes/health-check.ts";
import { identifier } from "../shapes/identifier.ts";
import { targetGroupView } from "../views/target-group.ts";

const Input = z.object({
  targetGroupIdentifier: identifier.targetGroup,
  healthCheck: HealthCheckInput,
});

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_UpdateTargetGroup.html */
export function updateTargetGroup({ store, platform }: ControlPlane) {
  return operation(Input, {
    permissions: (input, call) => [
      permission(store, "UpdateTargetGroup", arns(call).targetGroup(input.targetGroupIdentifier)),
    ],
    run: (input) => {
      const group = lookup(store).targetGroup(input.targetGroupIdentifier);
      const { config } = group;
      if (config.type === "LAMBDA" || config.healthCheck === undefined) {
        throw invalid({ name: "healthCheck", message: `Member is not supported for type ${config.type}` });
      }
      const standard = defaultHealthCheck(config.protocolVersion);
      const healthCheck = withHealthCheck(config.healthCheck, input.healthCheck, standard);
      const updated = store.targetGroups.put({
        ...group,
        config: { ...config, healthCheck },
        lastUpdatedAt: platform.clock.now(),
      });
      return pick(targetGroupView(store, updated), "id", "arn", "name", "type", "config", "status");
    },
  });
}
