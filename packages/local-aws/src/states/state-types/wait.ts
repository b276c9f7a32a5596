import type { WaitState } from "../definition/state-machine-definition.ts";
import { conclude } from "../engine/conclude.ts";
import { type Entry, type Exit, nowDoing, takeUp } from "../engine/entry.ts";
import { evaluatedAs, evaluatedInteger, evaluationFailure, string } from "../engine/evaluated.ts";
import { sleepUntil } from "../engine/pause.ts";

/** Waits on AWS time. A timestamp that has passed does not wait. */
export async function wait(state: WaitState, entry: Entry): Promise<Exit> {
  const until = takeUp(entry, "waiting")?.until ?? (await end(state, entry));
  nowDoing(entry, { type: "waiting", until });
  await sleepUntil(entry.strand, until);
  return await conclude(state, entry, entry.input);
}

/** AWS allows this much, a little over three years. */
const longestSeconds = 99_999_999;

const iso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** AWS time at which the wait is over. */
async function end({ Timestamp, Seconds = 0 }: WaitState, entry: Entry): Promise<number> {
  if (Timestamp !== undefined) return Math.max(entry.enteredAt, await timestampOf(Timestamp, entry));
  return (
    entry.enteredAt +
    1000 * (await evaluatedInteger(Seconds, "Seconds", entry, { min: 0, max: longestSeconds }))
  );
}

async function timestampOf(template: string, entry: Entry): Promise<number> {
  const timestamp = await evaluatedAs(template, "Timestamp", entry, string);
  const at = iso.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw evaluationFailure(
    entry,
    "Timestamp",
    `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${timestamp}`,
  );
}
