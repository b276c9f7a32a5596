import type { TaskState } from "../definition/state-machine-definition.ts";
import { conclude } from "../engine/conclude.ts";
import type { Entry, Exit } from "../engine/entry.ts";
import { evaluated, evaluatedInteger } from "../engine/evaluated.ts";
import { recovering } from "../engine/recovering.ts";
import type { Integration } from "../integrations/integration.ts";
import { integrationOf } from "../integrations/resource.ts";
import type { Json } from "../json.ts";
import { perform } from "../task/perform.ts";

/** Calls an integration; the whole call, Arguments and Output included, is what Retry repeats. */
export function task(state: TaskState, entry: Entry): Promise<Exit> {
  const integration = integrationOf(state.Resource);
  if (integration === undefined) throw new Error(`parseDefinition let ${state.Resource} through`);
  return recovering(state, entry, async () => {
    const result = await attempt(state, integration, entry);
    return await conclude(state, entry, result, { result });
  });
}

async function attempt(state: TaskState, integration: Integration, entry: Entry): Promise<Json> {
  const { tokens, execution } = entry.strand.surroundings;
  const pending = integration.pattern === "callback" ? tokens.issue(execution.arn) : undefined;
  try {
    const input =
      state.Arguments === undefined
        ? entry.input
        : await evaluated(state.Arguments, "Arguments", entry, { taskToken: pending?.token });
    const timeout = await seconds(state.TimeoutSeconds, "TimeoutSeconds", entry);
    const heartbeat = await seconds(state.HeartbeatSeconds, "HeartbeatSeconds", entry);
    return await perform({ integration, input, timeout, heartbeat, pending, entry });
  } finally {
    pending?.close();
  }
}

async function seconds(
  template: number | string | undefined,
  field: string,
  entry: Entry,
): Promise<number | undefined> {
  if (template === undefined) return undefined;
  return await evaluatedInteger(template, field, entry, { min: 1, max: 99_999_999 });
}
