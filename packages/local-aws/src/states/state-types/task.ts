import type { TaskState } from "../definition/state-machine-definition.ts";
import { conclude } from "../engine/conclude.ts";
import { type Entry, type Exit, takeUp } from "../engine/entry.ts";
import { evaluated, evaluatedInteger } from "../engine/evaluated.ts";
import type { DoingOf } from "../engine/mark.ts";
import { recovering } from "../engine/recovering.ts";
import type { Integration } from "../integrations/integration.ts";
import { integrationOf } from "../integrations/resource.ts";
import type { Json } from "../json.ts";
import { goOn, perform } from "../task/perform.ts";

/** Calls an integration; the whole call, Arguments and Output included, is what Retry repeats. */
export function task(state: TaskState, entry: Entry): Promise<Exit> {
  const integration = integrationOf(state.Resource);
  if (integration === undefined) throw new Error(`parseDefinition let ${state.Resource} through`);
  return recovering(state, entry, async () => {
    const answered = takeUp(entry, "answered");
    const result = answered === undefined ? await attempt(state, integration, entry) : answered.result;
    return await conclude(state, entry, result, { result });
  });
}

async function attempt(state: TaskState, integration: Integration, entry: Entry): Promise<Json> {
  const { tokens, execution } = entry.strand.surroundings;
  const past = takeUp(entry, "calling", "called");
  const issued = past?.token === undefined ? undefined : { token: past.token, outcome: past.outcome };
  const pending = integration.pattern === "callback" ? tokens.issue(execution.arn, issued) : undefined;
  try {
    const call = answeredCall(past, entry);
    if (call !== undefined) return await goOn({ integration, pending, entry }, call);
    const input =
      state.Arguments === undefined
        ? entry.input
        : await evaluated(state.Arguments, "Arguments", entry, { taskToken: pending?.token });
    const timeout = await seconds(state.TimeoutSeconds, "TimeoutSeconds", entry);
    const heartbeat = await seconds(state.HeartbeatSeconds, "HeartbeatSeconds", entry);
    return await perform({ integration, pending, entry }, { input, timeout, heartbeat });
  } finally {
    pending?.close();
  }
}

/** The call of a process before, if it need not be made again: it was answered, or the token has come back. */
function answeredCall(
  past: DoingOf<"calling" | "called"> | undefined,
  { enteredAt }: Entry,
): DoingOf<"called"> | undefined {
  if (past?.type !== "calling") return past;
  if (past.outcome === undefined) return undefined;
  const patience = { deadline: undefined, heartbeat: undefined, heardAt: enteredAt };
  return { ...past, type: "called", answer: null, ...patience };
}

async function seconds(
  template: number | string | undefined,
  field: string,
  entry: Entry,
): Promise<number | undefined> {
  if (template === undefined) return undefined;
  return await evaluatedInteger(template, field, entry, { min: 1, max: 99_999_999 });
}
