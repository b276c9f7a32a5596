import { GetExecutionHistoryCommand, SFNClient } from "@aws-sdk/client-sfn";

/** The state that an execution is in, or was in last; undefined where it cannot be told. */
export async function workflowState(executionArn: string): Promise<string | undefined> {
  const newest = new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 20 });
  const history = await new SFNClient({}).send(newest).catch(() => undefined);
  for (const event of history?.events ?? []) {
    const name = event.stateEnteredEventDetails?.name ?? event.stateExitedEventDetails?.name;
    if (name) return name;
  }
  return undefined;
}
