import { type Ending, type Rollout, type RolloutEvent, summary } from "@espalier/rollout";
import type { Connection } from "./connect.ts";
import { ExitCode } from "./fail.ts";
import { type Chapter, follow } from "./follow.ts";
import { eventLine, TIMES, timeOf } from "./view/event-line.ts";
import type { Live } from "./view/live.ts";
import { rolloutPanel } from "./view/rollout-panel.ts";
import { statusLine } from "./view/status-line.ts";
import { noTraffic, noteTraffic, type Traffic } from "./view/traffic.ts";
import { workflowState } from "./workflow-state.ts";

/** What to watch and where to show it. With `json`, each event is a line of JSON and nothing else is shown. */
export interface Watching {
  readonly connection: Connection;
  readonly id: string;
  readonly json: boolean;
  readonly live: Live;
  /** Whether to say what clock the times are of. */
  readonly sayTimes?: boolean;
  /** Lines to show below the rollout. */
  readonly footer?: () => readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** How long it may take until the rollout is heard of, in milliseconds of wall time. */
  readonly admissionMs?: number;
}

/**
 * Shows a rollout until it ends, and answers the exit code that its ending stands for. Throws UserError where it never begins.
 */
export async function watchRollout({
  connection,
  id,
  json,
  live,
  signal,
  footer,
  admissionMs,
  sayTimes = false,
}: Watching): Promise<number> {
  if (sayTimes && !json) live.say(TIMES);
  let [last, traffic]: [Chapter | undefined, Traffic] = [undefined, noTraffic];
  for await (const chapter of follow(connection.rollouts, id, { signal, admissionMs })) {
    last = chapter;
    traffic = noteTraffic(traffic, chapter.news);
    for (const event of chapter.news) tell(event, live, json);
    if (json) continue;
    if (live.columns === undefined) {
      const line = statusLine(chapter.rollout, traffic, chapter.news);
      if (line !== undefined) live.say(line);
      continue;
    }
    const workflow = chapter.meta && (await workflowState(chapter.meta.owner));
    const frame = { traffic, workflow, columns: live.columns };
    live.show([...rolloutPanel(chapter.rollout, frame), ...(footer?.() ?? [])]);
  }
  live.done();
  return last === undefined ? ExitCode.notYet : exitCodeOf(last.rollout);
}

/** The exit code that a rollout's state stands for. */
export function exitCodeOf(rollout: Rollout): number {
  const status = summary(rollout)?.status;
  return codes[status as keyof typeof codes] ?? ExitCode.notYet;
}

const codes = {
  promoted: ExitCode.done,
  shifted: ExitCode.done,
  "shifted-back": ExitCode.done,
  "rolled-back": ExitCode.rolledBack,
  stopped: ExitCode.stopped,
  refused: ExitCode.refused,
} as const satisfies Record<Ending | "refused", number>;

function tell(event: RolloutEvent, live: Live, json: boolean): void {
  const line = json ? JSON.stringify(event) : eventLine(event);
  if (line !== undefined) live.say(json ? line : `${timeOf(event.at)}  ${line}`);
}
