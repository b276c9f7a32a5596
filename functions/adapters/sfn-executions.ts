import {
  DescribeExecutionCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { translated } from "@espalier/lattice";
import type { Executions, Waker } from "@espalier/rollout";

/** The executions of one state machine in Step Functions. */
export function sfnExecutions(client: SFNClient, stateMachineArn: string): Executions {
  return {
    arnOf: (name) => `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${name}`,

    async start(name, input) {
      const start = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) });
      await unless(["ExecutionAlreadyExists"], translated(client.send(start)));
    },

    async isRunning(executionArn) {
      const describe = translated(client.send(new DescribeExecutionCommand({ executionArn })));
      const execution = await unless(["ExecutionDoesNotExist"], describe);
      return execution?.status === "RUNNING" || execution?.status === "PENDING_REDRIVE";
    },
  };
}

/** What an execution was started with; undefined where there is no such execution any more. */
export async function executionInput(client: SFNClient, executionArn: string): Promise<unknown> {
  const describe = translated(client.send(new DescribeExecutionCommand({ executionArn })));
  const input = (await unless(["ExecutionDoesNotExist"], describe))?.input;
  return input === undefined ? undefined : JSON.parse(input);
}

/** Ends the wait behind a task token. The answer of a wait that is over already is no failure: it is awake. */
export function sfnWaker(client: SFNClient): Waker {
  return async (taskToken) => {
    const over = ["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"];
    await unless(over, translated(client.send(new SendTaskSuccessCommand({ taskToken, output: "{}" }))));
  };
}

async function unless<Answer>(names: readonly string[], call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && names.includes(error.name)) return undefined;
    throw error;
  }
}
