import { randomUUID } from "node:crypto";
import os from "node:os";
import { type CommandType, type Commit, commandDetailTypes, replay } from "@espalier/rollout";
import { defineCommand } from "citty";
import { stageOption } from "../../common-options.ts";
import { connect } from "../../connect.ts";
import { ExitCode, UserError } from "../../fail.ts";
import { follow, hasEnded } from "../../follow.ts";
import type { RolloutsTable } from "../../rollouts-table.ts";
import { sendEvent } from "../../send-event.ts";
import { printHistory } from "../../view/event-line.ts";
import { findRollout, rolloutArgument } from "./find-rollout.ts";

/** How long an answer may take before the command stops waiting for it, in milliseconds of wall time. */
const ANSWER_MS = 60_000;

/** A command line that tells a running rollout what to do, and waits for what came of it. */
export const commandCommand = (type: CommandType, description: string) =>
  defineCommand({
    meta: { name: type, description },
    args: {
      ...rolloutArgument,
      reason: { type: "string", description: "Why, for the history" },
      ...stageOption,
    },
    async run({ args }) {
      const { rollouts, bus } = await connect(args);
      const rollout = await findRollout(rollouts, args.rollout);
      await refuseEnded(rollouts, rollout, type);
      const id = randomUUID();
      const reason = args.reason === undefined ? {} : { reason: args.reason };
      const request = { id, rollout, requestedBy: os.userInfo().username, ...reason };
      await sendEvent(bus, commandDetailTypes[type], request);
      const { events } = await answer(rollouts, rollout, id);
      printHistory(events);
      const declined = events.some((event) => event.type === "command-declined" && event.commandId === id);
      return declined ? ExitCode.refused : ExitCode.done;
    },
  });

async function refuseEnded(table: RolloutsTable, id: string, type: CommandType): Promise<void> {
  const { commits } = await table.load(id);
  if (hasEnded(replay(commits.flatMap(({ events }) => events))))
    throw new UserError(`${id} has ended, there is nothing to ${type}; see: espalier rollout show ${id}`, {
      exitCode: ExitCode.refused,
    });
}

async function answer(table: RolloutsTable, rollout: string, commandId: string): Promise<Commit> {
  for await (const { commits } of follow(table, rollout, { signal: AbortSignal.timeout(ANSWER_MS) })) {
    const found = commits.find(({ commandIds }) => commandIds.includes(commandId));
    if (found) return found;
  }
  throw new UserError(
    `${rollout} has not answered within a minute; it will as soon as it can: espalier rollout show ${rollout}`,
    { exitCode: ExitCode.stillRunning },
  );
}
