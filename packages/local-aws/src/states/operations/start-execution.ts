import type { StartExecutionInput, StartExecutionOutput } from "@aws-sdk/client-sfn";
import { AwsError } from "../../aws-error.ts";
import type { Operation } from "../../platform.ts";
import { executionArn, type StateMachines } from "../state-machines.ts";
import { checkName, findMachine, permission } from "./arns.ts";
import { jsonText } from "./json-text.ts";

/** A name is used once: starting it again answers the running execution if the input is the same, and is refused else. */
export function startExecution(states: StateMachines): Operation<StartExecutionInput, StartExecutionOutput> {
  return {
    permissions: ({ stateMachineArn }) => permission("StartExecution", stateMachineArn),
    run({ stateMachineArn, name: given, input = "{}" }) {
      const machine = findMachine(states, stateMachineArn);
      const name = checkName(given ?? uuid(states.platform.hexId(32)));
      if (machine.deleting)
        throw new AwsError("StateMachineDeleting", `State Machine is being deleted: '${stateMachineArn}'`);
      const value = jsonText(input, "InvalidExecutionInput", "State Machine Execution Input");
      const existing = states.executions.get(executionArn(machine, name));
      if (existing !== undefined && (existing.ending !== undefined || existing.input !== input))
        throw new AwsError("ExecutionAlreadyExists", `Execution Already Exists: '${existing.arn}'`);
      const execution = existing ?? states.start(machine, name, { text: input, value });
      return { executionArn: execution.arn, startDate: new Date(execution.startedAt) };
    },
  };
}

function uuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
