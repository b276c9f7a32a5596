import type { WaitState } from "../definition/state-machine-definition.ts";
import { conclude } from "../engine/conclude.ts";
import type { Entry, Exit } from "../engine/entry.ts";
import { evaluatedAs, evaluationFailure, number, string } from "../engine/evaluated.ts";
import { sleep } from "../engine/pause.ts";

/** Waits on AWS time. A timestamp that has passed does not wait. */
export async function wait(state: WaitState, entry: Entry): Promise<Exit> {
  await sleep(
    entry.strand,
    state.Timestamp === undefined ? await pauseOf(state, entry) : await until(state.Timestamp, entry),
  );
  return await conclude(state, entry, entry.input);
}

/** AWS allows this much, a little over three years. */
const longestSeconds = 99_999_999;

async function pauseOf(state: WaitState, entry: Entry): Promise<number> {
  const seconds = await evaluatedAs(state.Seconds ?? 0, "Seconds", entry, number);
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= longestSeconds) return seconds * 1000;
  throw evaluationFailure(
    entry,
    "Seconds",
    `The Seconds field must be an integer from 0 to ${longestSeconds}: ${seconds}`,
  );
}

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
