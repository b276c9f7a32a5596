import type { Json } from "../json.ts";
import type { Entry, Extra } from "./entry.ts";

/** `$states.context`: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
export function contextObject(entry: Entry, { taskToken, item }: Extra): Json {
  const { execution } = entry.strand.surroundings;
  const { revision } = execution;
  const here = item ?? entry.strand.item;
  return {
    Execution: {
      Id: execution.arn,
      Input: execution.inputValue,
      Name: execution.name,
      RoleArn: revision.roleArn,
      StartTime: new Date(execution.startedAt).toISOString(),
      RedriveCount: 0,
    },
    StateMachine: { Id: revision.stateMachineArn, Name: revision.name },
    State: {
      Name: entry.name,
      EnteredTime: new Date(entry.enteredAt).toISOString(),
      RetryCount: entry.retryCount,
    },
    ...(taskToken === undefined ? {} : { Task: { Token: taskToken } }),
    ...(here === undefined ? {} : { Map: { Item: here } }),
  };
}
