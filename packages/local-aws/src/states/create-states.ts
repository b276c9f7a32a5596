import type { Clock } from "../clock/clock.ts";
import { runningClock } from "../clock/running-clock.ts";
import type { Platform, Service } from "../platform.ts";
import { createStateMachine } from "./operations/create-state-machine.ts";
import { deleteStateMachine } from "./operations/delete-state-machine.ts";
import { describeExecution } from "./operations/describe-execution.ts";
import { describeStateMachine } from "./operations/describe-state-machine.ts";
import { describeStateMachineForExecution } from "./operations/describe-state-machine-for-execution.ts";
import { getExecutionHistory } from "./operations/get-execution-history.ts";
import { listExecutions } from "./operations/list-executions.ts";
import { listStateMachines } from "./operations/list-state-machines.ts";
import { sendTaskFailure } from "./operations/send-task-failure.ts";
import { sendTaskHeartbeat } from "./operations/send-task-heartbeat.ts";
import { sendTaskSuccess } from "./operations/send-task-success.ts";
import { startExecution } from "./operations/start-execution.ts";
import { stopExecution } from "./operations/stop-execution.ts";
import { updateStateMachine } from "./operations/update-state-machine.ts";
import { createStateMachines } from "./state-machines.ts";

/** Step Functions for JSONata state machines. */
export interface States extends Service {
  readonly name: "states";
}

/** `wall` is the time that the limits of calls in flight must also have passed; the process's own by default. */
export function createStates(platform: Platform, { wall = runningClock() }: { wall?: Clock } = {}): States {
  const states = createStateMachines(platform, wall);
  return {
    name: "states",
    operations: {
      CreateStateMachine: createStateMachine(states),
      DeleteStateMachine: deleteStateMachine(states),
      DescribeExecution: describeExecution(states),
      DescribeStateMachine: describeStateMachine(states),
      DescribeStateMachineForExecution: describeStateMachineForExecution(states),
      GetExecutionHistory: getExecutionHistory(states),
      ListExecutions: listExecutions(states),
      ListStateMachines: listStateMachines(states),
      SendTaskFailure: sendTaskFailure(states),
      SendTaskHeartbeat: sendTaskHeartbeat(states),
      SendTaskSuccess: sendTaskSuccess(states),
      StartExecution: startExecution(states),
      StopExecution: stopExecution(states),
      UpdateStateMachine: updateStateMachine(states),
    },
    resume: states.resume,
    close: () => wall.close(),
  };
}
