import { defineCommand } from "citty";
import { jsonOption, stageOption } from "../../common-options.ts";
import { connect } from "../../connect.ts";
import { repeatedOption } from "../../repeated-option.ts";
import { topologiesTable } from "../../topologies-table.ts";
import { describeRun, exitCodeOf } from "./describe-run.ts";
import { followRun } from "./follow-run.ts";
import { readTopologyFile } from "./read-topology-file.ts";
import { readValues } from "./read-values.ts";
import { requestApply } from "./request-apply.ts";
import { showPlan } from "./show-plan.ts";

/** `espalier topology apply`. */
export const apply = defineCommand({
  meta: {
    name: "apply",
    description:
      "Ask for Lattice to be made as a document says, and wait for it. Ends with 0 applied, 1 failed, 2 bad document, 5 refused",
  },
  args: {
    file: { type: "positional", required: true, description: "The document, YAML or JSON" },
    values: {
      type: "string",
      description: "A JSON or YAML file with values for the names in braces",
      valueHint: "FILE",
    },
    set: { type: "string", description: "One value; may be given several times", valueHint: "NAME=VALUE" },
    adopt: {
      type: "string",
      description: "Addresses, with commas between, of things made by others to own from now on",
      valueHint: "services.order",
    },
    id: { type: "string", description: "An id of your own; the same id twice has one outcome" },
    plan: { type: "boolean", description: "Say what would be done first, and ask for nothing" },
    wait: { type: "boolean", default: true, description: "Wait for the outcome" },
    ...jsonOption,
    ...stageOption,
  },
  async run({ args, rawArgs }) {
    const document = readTopologyFile(args.file, readValues(args.values, repeatedOption(rawArgs, "set")));
    const adopt = args.adopt?.split(",").filter(Boolean) ?? [];
    if (args.plan) return showPlan(document, adopt, args.json ?? false);
    const connection = await connect(args);
    const id = await requestApply(connection, { document, adopt, accept: [], id: args.id });
    if (!args.wait) {
      console.log(args.json ? JSON.stringify({ id }) : `asked for ${id}`);
      return undefined;
    }
    const run = await followRun(topologiesTable(connection.table), id);
    if (args.json) console.log(JSON.stringify(run));
    else for (const line of describeRun(run, args.file)) console.log(line);
    return exitCodeOf(run);
  },
});
