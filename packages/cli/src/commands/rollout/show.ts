import { replay, summary } from "@espalier/rollout";
import { defineCommand } from "citty";
import { jsonOption, stageOption } from "../../common-options.ts";
import { connect } from "../../connect.ts";
import { printHistory } from "../../view/event-line.ts";
import { rolloutPanel } from "../../view/rollout-panel.ts";
import { workflowState } from "../../workflow-state.ts";
import { findRollout, rolloutArgument } from "./find-rollout.ts";

/** `espalier rollout show`. */
export const show = defineCommand({
  meta: { name: "show", description: "Show a rollout as it stands, and its history" },
  args: {
    ...rolloutArgument,
    ...jsonOption,
    ...stageOption,
  },
  async run({ args }) {
    const { rollouts } = await connect(args);
    const id = await findRollout(rollouts, args.rollout);
    const { meta, commits } = await rollouts.load(id);
    const history = commits.flatMap(({ events }) => events);
    const rollout = replay(history);
    if (args.json) {
      print({ ...summary(rollout), id, execution: meta?.owner, history });
      return;
    }
    console.log(`${rolloutPanel(rollout, meta && (await workflowState(meta.owner))).join("\n")}\n`);
    printHistory(history, "  ");
  },
});

const print = (value: unknown) => console.log(JSON.stringify(value, null, 2));
