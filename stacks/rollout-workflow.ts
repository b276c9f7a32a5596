import { definition } from "@espalier/workflows";
import { arn } from "./arn.ts";
import { named } from "./names.ts";
import { onItems, type RolloutFunctions } from "./rollout-functions.ts";
import { stateMachine } from "./state-machine.ts";

// An execution has room for 25,000 events of history; a turn takes about 20 of them, and 100 where everything is tried again.
const MOST_TURNS = "200";

/**
 * The workflow that carries one rollout. It stores the token by which it is woken on the rollout's item itself, and
 * starts the execution that a long rollout goes on in.
 */
export function rolloutWorkflow(
  functions: RolloutFunctions,
  table: aws.dynamodb.Table,
): aws.sfn.StateMachine {
  return stateMachine("rollout", {
    definition: $resolve({
      AdmitFunction: functions.admit.arn,
      PrepareCandidateFunction: functions.prepareCandidate.arn,
      CollectMetricsFunction: functions.collectMetrics.arn,
      DecideFunction: functions.decide.arn,
      ShiftWeightsFunction: functions.shiftWeights.arn,
      RunHookFunction: functions.runHook.arn,
      RollBackFunction: functions.rollBack.arn,
      SettleFunction: functions.settle.arn,
      TakeUpFunction: functions.takeUp.arn,
      MostTurns: MOST_TURNS,
      RolloutsTable: table.name,
    }).apply((names) => definition("rollout", names)),
    functions: Object.values(functions),
    permissions: [
      onItems(table, ["UpdateItem"]),
      { actions: ["states:StartExecution"], resources: [arn("states", `stateMachine:${named("rollout")}`)] },
    ],
  });
}
