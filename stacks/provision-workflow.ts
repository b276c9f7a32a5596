import { definition } from "@espalier/workflows";
import type { ProvisionFunctions } from "./provision-functions.ts";
import { stateMachine } from "./state-machine.ts";

/** The workflow that makes what exists agree with a topology document. */
export function provisionWorkflow(functions: ProvisionFunctions): aws.sfn.StateMachine {
  return stateMachine("provision", {
    definition: $resolve({
      PlanTopologyFunction: functions.planTopology.arn,
      ApplyTopologyFunction: functions.applyTopology.arn,
      FollowTopologyFunction: functions.followTopology.arn,
      WriteServiceUrlsFunction: functions.writeServiceUrls.arn,
      SettleTopologyFunction: functions.settleTopology.arn,
    }).apply((names) => definition("provision", names)),
    functions: Object.values(functions),
  });
}
