import { replay, summary } from "@espalier/rollout";
import { defineCommand } from "citty";
import colors from "picocolors";
import { jsonOption, stageOption } from "../../common-options.ts";
import { connect } from "../../connect.ts";
import { auditTable, auditTrail } from "../../view/audit-trail.ts";
import { printHistory, TIMES } from "../../view/event-line.ts";
import { rolloutPanel } from "../../view/rollout-panel.ts";
import { noTraffic, noteTraffic } from "../../view/traffic.ts";
import { workflowState } from "../../workflow-state.ts";
import { findRollout, rolloutArgument } from "./find-rollout.ts";

/** `espalier rollout show`. */
export const show = defineCommand({
  meta: { name: "show", description: "Show a rollout as it stands, and its history" },
  args: {
    ...rolloutArgument,
    history: { type: "boolean", description: "Only the audit trail: who asked for what, when and why" },
    ...jsonOption,
    ...stageOption,
  },
  async run({ args }) {
    const { rollouts } = await connect(args);
    const id = await findRollout(rollouts, args.rollout);
    const { meta, commits } = await rollouts.load(id);
    if (args.history) {
      const trail = auditTrail(meta, commits);
      if (args.json) print(trail);
      else console.log(auditTable(trail));
      return;
    }
    const history = commits.flatMap(({ events }) => events);
    const rollout = replay(history);
    if (args.json) {
      print({ ...summary(rollout), id, execution: meta?.owner, history });
      return;
    }
    const frame = {
      traffic: noteTraffic(noTraffic, history),
      workflow: meta && (await workflowState(meta.owner)),
      columns: process.stdout.columns,
    };
    console.log(`${rolloutPanel(rollout, frame).join("\n")}\n\n  ${colors.dim(TIMES)}`);
    printHistory(history, "  ");
  },
});

const print = (value: unknown) => console.log(JSON.stringify(value, null, 2));
