import { undoId, undoOf } from "@espalier/rollout";
import { defineCommand } from "citty";
import { askForRollout } from "../../ask-for-rollout.ts";
import { askedFields, askedOptions, jsonOption, stageOption } from "../../common-options.ts";
import { connect } from "../../connect.ts";
import { ExitCode, UserError } from "../../fail.ts";
import { rolloutState } from "../../rollout-state.ts";
import type { RolloutsTable } from "../../rollouts-table.ts";
import { findRollout, rolloutArgument } from "./find-rollout.ts";

/** `espalier rollout undo`. */
export const undo = defineCommand({
  meta: {
    name: "undo",
    description:
      "Take a promotion back at once, while the old group still serves: a rollout of its own, ID-undo. Ends with 0 taken back, 5 refused",
  },
  args: {
    ...rolloutArgument,
    ...askedOptions,
    wait: { type: "boolean", default: true, description: "Wait until it is done" },
    ...jsonOption,
    ...stageOption,
  },
  async run({ args, data }) {
    const connection = await connect(args);
    const rollout = await findRollout(connection.rollouts, args.rollout);
    await refuseNothingToUndo(connection.rollouts, rollout);
    const id = await freeId(connection.rollouts, rollout);
    const { wait, json } = args;
    return askForRollout(
      connection,
      {
        id,
        detailType: "Rollout Undo Requested",
        detail: { id, rollout, ...askedFields(args) },
      },
      { wait, json, local: data?.local },
    );
  },
});

const refused = (message: string) => new UserError(message, { exitCode: ExitCode.refused });

/** What only the clock or the service itself can tell, the workflow refuses. */
async function refuseNothingToUndo(table: RolloutsTable, rollout: string): Promise<void> {
  const state = await rolloutState(table, rollout);
  const settled = state.status === "admitted" && state.phase.type === "settled" && state.phase.outcome.at;
  const undo = undoOf(state, settled || new Date(0).toISOString());
  if (undo.type === "refused") throw refused(`${rollout} cannot be undone: ${undo.reason}`);
}

/** `ID-undo`, numbered where an undo was refused: what was in the way may be gone. Throws UserError where one was not. */
async function freeId(table: RolloutsTable, rollout: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? undoId(rollout) : `${undoId(rollout)}-${n}`;
    const { status } = await rolloutState(table, id);
    if (status === "unknown") return id;
    if (status === "admitted")
      throw refused(`${rollout} is undone already; see: espalier rollout show ${id}`);
  }
}
