import { AwsError } from "../../aws-error.ts";
import type { Execution } from "../engine/execution.ts";
import type { StateMachine } from "../kept-states.ts";
import type { StateMachines } from "../state-machines.ts";

/** The state machine of this ARN. Throws StateMachineDoesNotExist. */
export function findMachine({ machines }: StateMachines, arn: string | undefined): StateMachine {
  const machine = machines.get(requireArn(arn));
  if (machine === undefined)
    throw new AwsError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);
  return machine;
}

/** The execution of this ARN. Throws ExecutionDoesNotExist. */
export function findExecution({ executions }: StateMachines, arn: string | undefined): Execution {
  const execution = executions.get(requireArn(arn));
  if (execution === undefined)
    throw new AwsError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`);
  return execution;
}

/** The permission that an operation on one state machine or execution needs. */
export function permission(action: string, arn: string | undefined) {
  return [{ action: `states:${action}`, resource: arn ?? "*" }];
}

/** What handing a role to Step Functions needs. */
export function passRole(roleArn: string | undefined) {
  if (roleArn === undefined) return [];
  const context = { "iam:PassedToService": "states.amazonaws.com" };
  return [{ action: "iam:PassRole", resource: roleArn, context }];
}

// What AWS forbids: white space, brackets, wildcards and the characters " # % \ ^ | ~ ` $ & , ; : / and control.
const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;

/** A name of a state machine or an execution. Throws InvalidName. */
export function checkName(name: string): string {
  if (name.length >= 1 && name.length <= 80 && !forbidden.test(name)) return name;
  throw new AwsError("InvalidName", `Invalid Name: '${name}'`);
}

function requireArn(arn: string | undefined): string {
  if (arn !== undefined && /^arn:[^:]+:states:[^:]+:\d{12}:(stateMachine|execution):.+$/.test(arn))
    return arn;
  throw new AwsError("InvalidArn", `Invalid Arn: '${arn}'`);
}
