import * as z from "zod";
import { StateFailure } from "../engine/state-failure.ts";
import type { Surroundings } from "../engine/strand.ts";
import type { Json } from "../json.ts";
import { serviceFailure } from "./service-failure.ts";

const Arguments = z.object({
  Entries: z.array(
    z.looseObject({
      Detail: z.json().optional(),
      Resources: z.array(z.string()).optional(),
      Time: z.string().optional(),
    }),
  ),
});

/**
 * `events:putEvents`: details may be objects, the execution and its state machine are added to the resources, and an
 * entry that EventBridge refuses fails the task as `EventBridge.FailedEntry`.
 */
export async function putEvents(input: Json, { platform, caller, execution }: Surroundings): Promise<Json> {
  const parsed = Arguments.safeParse(input);
  if (!parsed.success)
    throw new StateFailure("States.Runtime", "The Arguments of events:putEvents need Entries");
  const own = [execution.arn, execution.revision.stateMachineArn];
  const Entries = parsed.data.Entries.map(({ Detail, Resources = [], Time, ...entry }) => ({
    ...entry,
    Detail: typeof Detail === "string" ? Detail : JSON.stringify(Detail),
    Resources: [...Resources, ...own],
    ...(Time === undefined ? {} : { Time: new Date(Time) }),
  }));
  let answer: { FailedEntryCount?: number; Entries?: Json };
  try {
    answer = await platform.call(caller(), "events", "PutEvents", { Entries });
  } catch (problem) {
    throw serviceFailure(problem, {
      prefix: "EventBridge",
      base: "AmazonEventBridgeException",
      client: await import("@aws-sdk/client-eventbridge"),
    });
  }
  const result: Json = { FailedEntryCount: answer.FailedEntryCount ?? 0, Entries: answer.Entries ?? [] };
  if (result.FailedEntryCount !== 0)
    throw new StateFailure("EventBridge.FailedEntry", JSON.stringify(result));
  return result;
}
