import type { Json } from "../json.ts";
import type { Entry, Extra } from "./entry.ts";

/** `$states.context`: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
export function contextObject(entry: Entry, { taskToken }: Extra): Json {
  const { execution, input } = entry.strand.surroundings;
  const { revision } = execution;
  const { item } = entry.strand;
  return {
    Execution: {
      Id: execution.arn,
      Input: input,
      Name: execution.name,
      RoleArn: revision.roleArn,
      StartTime: new Date(execution.startedAt).toISOString(),
      RedriveCount: 0,
    },
    StateMachine: { Id: revision.stateMachineArn, Name: revision.name },
    State: {
      Name: entry.name,
      EnteredTime: new Date(entry.enteredAt).toISOString(),
      RetryCount: entry.tries.retryCount,
    },
    ...(taskToken === undefined ? {} : { Task: { Token: taskToken } }),
    ...(item === undefined ? {} : { Map: { Item: item } }),
  };
}
