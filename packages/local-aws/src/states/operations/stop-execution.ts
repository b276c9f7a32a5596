import type { StopExecutionInput, StopExecutionOutput } from "@aws-sdk/client-sfn";
import type { Operation } from "../../platform.ts";
import { StateFailure } from "../engine/state-failure.ts";
import type { StateMachines } from "../state-machines.ts";
import { findExecution, permission } from "./arns.ts";

/** Ends an execution wherever it is; no Catch sees it. Stopping one that has ended changes nothing. */
export function stopExecution(states: StateMachines): Operation<StopExecutionInput, StopExecutionOutput> {
  return {
    permissions: ({ executionArn }) => permission("StopExecution", executionArn),
    run({ executionArn, error, cause }) {
      const execution = findExecution(states, executionArn);
      if (execution.ending === undefined) execution.stop(new StateFailure(error, cause));
      return { stopDate: new Date(execution.ending?.at ?? states.platform.clock.now()) };
    },
  };
}
