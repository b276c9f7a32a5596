import { replay } from "@espalier/rollout";
import { defineCommand } from "citty";
import { askForRollout } from "../../ask-for-rollout.ts";
import { askedFields, askedOptions, jsonOption, stageOption } from "../../common-options.ts";
import { connect } from "../../connect.ts";
import { ExitCode, UserError } from "../../fail.ts";
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
    const { commits } = await connection.rollouts.load(rollout);
    const state = replay(commits.flatMap(({ events }) => events));
    const promoted =
      state.status === "admitted" && state.phase.type === "settled" && state.phase.ending === "promoted";
    if (!promoted)
      throw new UserError(
        `${rollout} was not promoted, there is nothing to undo; see: espalier rollout show ${rollout}`,
        {
          exitCode: ExitCode.refused,
        },
      );
    const { wait, json } = args;
    return askForRollout(
      connection,
      {
        id: `${rollout}-undo`,
        detailType: "Rollout Undo Requested",
        detail: { rollout, ...askedFields(args) },
      },
      { wait, json, local: data?.local },
    );
  },
});
