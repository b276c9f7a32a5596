import { randomUUID } from "node:crypto";
import {
  type CommandType,
  type Commit,
  commandDetailTypes,
  type Ending,
  type Rollout,
} from "@espalier/rollout";
import { defineCommand } from "citty";
import { askedFields, askedOptions, jsonOption, stageOption } from "../../common-options.ts";
import { connect } from "../../connect.ts";
import { ExitCode, UserError } from "../../fail.ts";
import { follow, hasEnded } from "../../follow.ts";
import { rolloutState } from "../../rollout-state.ts";
import type { RolloutsTable } from "../../rollouts-table.ts";
import { sendEvent } from "../../send-event.ts";
import { printHistory } from "../../view/event-line.ts";
import { exitCodeOf } from "../../watch-rollout.ts";
import { findRollout, rolloutArgument } from "./find-rollout.ts";

/** How long a command may take, in milliseconds of wall time: a rollback waits half a minute for late writers. */
const LONGEST_MS = 3 * 60_000;

/** The ending that a command brings about, where it brings one about. */
const endings: Partial<Record<CommandType, Ending>> = { promote: "promoted", abort: "rolled-back" };

/** A command line that tells a running rollout what to do, and waits until that is done. */
export const commandCommand = (type: CommandType, description: string) =>
  defineCommand({
    meta: { name: type, description },
    args: { ...rolloutArgument, ...askedOptions, ...jsonOption, ...stageOption },
    async run({ args }) {
      const { rollouts, bus } = await connect(args);
      const rollout = await findRollout(rollouts, args.rollout);
      await refuseEnded(rollouts, rollout, type);
      const id = randomUUID();
      await sendEvent(bus, commandDetailTypes[type], { id, rollout, ...askedFields(args) });
      const { state, commits } = await effect(rollouts, rollout, id, endings[type]);
      const events = commits.flatMap((commit) => commit.events);
      const declined = events.find((event) => event.type === "command-declined" && event.commandId === id);
      const code = declined ? ExitCode.refused : codeOf(state, endings[type]);
      if (args.json)
        console.log(JSON.stringify({ rollout, command: type, id, done: code === ExitCode.done, events }));
      else printHistory(events);
      return code;
    },
  });

async function refuseEnded(table: RolloutsTable, id: string, type: CommandType): Promise<void> {
  if (hasEnded(await rolloutState(table, id)))
    throw new UserError(`${id} has ended, there is nothing to ${type}; see: espalier rollout show ${id}`, {
      exitCode: ExitCode.refused,
    });
}

/** Where a command has led: the commit that answers it and, if it is to end the rollout, those up to the end. */
async function effect(table: RolloutsTable, id: string, commandId: string, ending: Ending | undefined) {
  const since: Commit[] = [];
  for await (const { rollout, commits } of follow(table, id, { signal: AbortSignal.timeout(LONGEST_MS) })) {
    const from = commits.findIndex(({ commandIds }) => commandIds.includes(commandId));
    if (since.length > 0 || from >= 0) since.push(...commits.slice(Math.max(0, from)));
    if (since.length > 0 && (ending === undefined || declines(since, commandId) || hasEnded(rollout)))
      return { state: rollout, commits: since };
  }
  const what = since.length > 0 ? "has taken the command up, and is not done" : "has not answered yet";
  throw new UserError(`${id} ${what}; it goes on: espalier rollout watch ${id}`, {
    exitCode: ExitCode.notYet,
  });
}

const declines = (commits: readonly Commit[], commandId: string) =>
  commits.some(({ events }) =>
    events.some((event) => event.type === "command-declined" && event.commandId === commandId),
  );

function codeOf(rollout: Rollout, wanted: Ending | undefined): number {
  // One that only waits for its service is refused when it is aborted.
  if (wanted === undefined || (wanted === "rolled-back" && rollout.status === "refused"))
    return ExitCode.done;
  const ended = rollout.status === "admitted" && rollout.phase.type === "settled" && rollout.phase.ending;
  return ended === wanted ? ExitCode.done : exitCodeOf(rollout);
}
