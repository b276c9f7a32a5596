import * as z from "zod";
import { StateFailure } from "../engine/state-failure.ts";
import type { Surroundings } from "../engine/strand.ts";
import type { Json } from "../json.ts";
import { serviceFailure } from "./service-failure.ts";

const Arguments = z.object({
  StateMachineArn: z.string(),
  Input: z.json().optional(),
  Name: z.string().optional(),
});

/** `states:startExecution`: the input may be any JSON value. */
export async function startExecution(input: Json, { platform, caller }: Surroundings): Promise<Json> {
  const parsed = Arguments.safeParse(input);
  if (!parsed.success)
    throw new StateFailure("States.Runtime", "The Arguments of states:startExecution need a StateMachineArn");
  const { StateMachineArn: stateMachineArn, Input = {}, Name: name } = parsed.data;
  const request = {
    stateMachineArn,
    input: typeof Input === "string" ? Input : JSON.stringify(Input),
    ...(name === undefined ? {} : { name }),
  };
  try {
    const started: Started = await platform.call(caller(), "states", "StartExecution", request);
    return { ExecutionArn: started.executionArn, StartDate: started.startDate.getTime() };
  } catch (problem) {
    throw await failureOf(problem);
  }
}

interface Started {
  readonly executionArn: string;
  readonly startDate: Date;
}

const Described = z.object({
  executionArn: z.string(),
  name: z.string(),
  stateMachineArn: z.string(),
  status: z.string(),
  startDate: z.date(),
  stopDate: z.date().optional(),
  input: z.string().optional(),
  output: z.string().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
});

/** What `.sync:2` answers once the execution has ended, input and output read as JSON. Fails if the execution failed. */
export async function endedExecution(
  executionArn: string,
  { platform, caller }: Surroundings,
): Promise<Json> {
  let answer: unknown;
  try {
    answer = await platform.call(caller(), "states", "DescribeExecution", { executionArn });
  } catch (problem) {
    throw await failureOf(problem);
  }
  const { input, output, error, cause, stopDate, ...described } = Described.parse(answer);
  const result: Json = {
    ExecutionArn: described.executionArn,
    Name: described.name,
    StateMachineArn: described.stateMachineArn,
    Status: described.status,
    StartDate: described.startDate.getTime(),
    ...(stopDate === undefined ? {} : { StopDate: stopDate.getTime() }),
    ...(input === undefined ? {} : { Input: JSON.parse(input) }),
    ...(output === undefined ? {} : { Output: JSON.parse(output) }),
    ...(error === undefined ? {} : { Error: error }),
    ...(cause === undefined ? {} : { Cause: cause }),
  };
  if (described.status !== "SUCCEEDED") throw new StateFailure("States.TaskFailed", JSON.stringify(result));
  return result;
}

/** Stops the execution that a `.sync:2` task no longer waits for. Its role may not be allowed to: that changes nothing. */
export async function stopExecution(executionArn: string, { platform, caller }: Surroundings): Promise<void> {
  try {
    await platform.call(caller(), "states", "StopExecution", { executionArn });
  } catch {
    // The task fails with what made it stop waiting.
  }
}

async function failureOf(problem: unknown): Promise<StateFailure> {
  const client = await import("@aws-sdk/client-sfn");
  return serviceFailure(problem, { prefix: "StepFunctions", base: "AWSStepFunctionsException", client });
}
