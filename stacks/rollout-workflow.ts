import { definition } from "@espalier/workflows";
import { onItems, type RolloutFunctions } from "./rollout-functions.ts";
import { stateMachine } from "./state-machine.ts";

/** The workflow that carries one rollout. It stores the token by which it is woken on the rollout's item itself. */
export function rolloutWorkflow(
  functions: RolloutFunctions,
  table: aws.dynamodb.Table,
): aws.sfn.StateMachine {
  return stateMachine("rollout", {
    definition: $resolve({
      AdmitFunction: functions.admit.arn,
      CollectMetricsFunction: functions.collectMetrics.arn,
      DecideFunction: functions.decide.arn,
      ShiftWeightsFunction: functions.shiftWeights.arn,
      RollBackFunction: functions.rollBack.arn,
      SettleFunction: functions.settle.arn,
      RolloutsTable: table.name,
    }).apply((names) => definition("rollout", names)),
    functions: Object.values(functions),
    permissions: [onItems(table, ["UpdateItem"])],
  });
}
