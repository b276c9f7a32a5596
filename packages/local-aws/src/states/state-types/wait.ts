import type { WaitState } from "../definition/state-machine-definition.ts";
import { conclude } from "../engine/conclude.ts";
import type { Entry, Exit } from "../engine/entry.ts";
import { evaluatedAs, evaluatedInteger, evaluationFailure, string } from "../engine/evaluated.ts";
import { sleep } from "../engine/pause.ts";

/** Waits on AWS time. A timestamp that has passed does not wait. */
export async function wait(state: WaitState, entry: Entry): Promise<Exit> {
  await sleep(
    entry.strand,
    state.Timestamp === undefined
      ? 1000 * (await evaluatedInteger(state.Seconds ?? 0, "Seconds", entry, { min: 0, max: longestSeconds }))
      : await until(state.Timestamp, entry),
  );
  return await conclude(state, entry, entry.input);
}

/** AWS allows this much, a little over three years. */
const longestSeconds = 99_999_999;

const iso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

async function until(template: string, entry: Entry): Promise<number> {
  const timestamp = await evaluatedAs(template, "Timestamp", entry, string);
  const at = iso.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
  if (!Number.isNaN(at)) return Math.max(0, at - entry.strand.surroundings.platform.clock.now());
  throw evaluationFailure(
    entry,
    "Timestamp",
    `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${timestamp}`,
  );
}
