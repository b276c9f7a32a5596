import { type RolloutEvent, replay, summary } from "@espalier/rollout";
import { defineCommand } from "citty";
import colors from "picocolors";
import { jsonOption, stageOption } from "../../common-options.ts";
import { connect } from "../../connect.ts";
import { auditTable, auditTrail } from "../../view/audit-trail.ts";
import { printHistory, TIMES } from "../../view/event-line.ts";
import { outcomeTable } from "../../view/outcome-table.ts";
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
    const history = commits.flatMap(({ events }) => events);
    if (args.history) {
      const trail = auditTrail(meta, commits);
      print(args.json ? trail : auditTable(trail));
    } else if (args.json) print({ ...summary(replay(history)), id, execution: meta?.owner, history });
    else {
      const workflow = meta && (await workflowState(meta.owner));
      for (const line of asText(history, workflow)) console.log(line);
      printHistory(history, "  ");
    }
  },
});

function asText(history: readonly RolloutEvent[], workflow: string | undefined): readonly string[] {
  const rollout = replay(history);
  const frame = { traffic: noteTraffic(noTraffic, history), workflow, columns: process.stdout.columns };
  const phase = rollout.status === "admitted" ? rollout.phase : undefined;
  const outcome = phase?.type === "settled" ? ["", ...outcomeTable(phase.outcome)] : [];
  return [...rolloutPanel(rollout, frame), ...outcome, "", `  ${colors.dim(TIMES)}`];
}

const print = (value: unknown) =>
  console.log(typeof value === "string" ? value : JSON.stringify(value, null, 2));
