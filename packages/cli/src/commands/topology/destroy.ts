import { defineCommand } from "citty";
import { askedFields, jsonOption, stageOption } from "../../common-options.ts";
import { connect } from "../../connect.ts";
import { ExitCode, UserError } from "../../fail.ts";
import { sendEvent } from "../../send-event.ts";
import { topologiesTable } from "../../topologies-table.ts";
import { ask, canAsk } from "./ask.ts";
import { lookAhead } from "./look-ahead.ts";
import { namedTopology } from "./named-topology.ts";
import { planLines } from "./plan-lines.ts";
import { newRunId } from "./request-apply.ts";
import { watchRun } from "./watch-run.ts";

/** `espalier topology destroy`. */
export const destroy = defineCommand({
  meta: {
    name: "destroy",
    description:
      "Delete everything that a document made. Refused where it carries traffic. Ends with 0 gone, 1 failed, 5 refused",
  },
  args: {
    topology: { type: "positional", required: true, description: "Its name, or the file of its document" },
    "even-with-traffic": {
      type: "boolean",
      description: "Also services that had requests in the last ten minutes or are held by a rollout",
    },
    yes: { type: "boolean", description: "Do not ask for the name" },
    id: { type: "string", description: "An id of your own; the same id twice has one outcome" },
    ...jsonOption,
    ...stageOption,
  },
  async run({ args }) {
    const { name, role: writtenRole } = namedTopology(args.topology);
    const json = args.json ?? false;
    if (!args.yes && (json || !canAsk())) throw nobodyToAsk(name);
    const connection = await connect(args);
    const role = (await topologiesTable(connection.table).applied(name))?.document.role ?? writtenRole;
    const topology = { name, ...(role !== undefined && { role }) };
    if (!args.yes) await confirm(topology);
    const id = args.id ?? newRunId();
    const evenWithTraffic = args["even-with-traffic"] ?? false;
    await sendEvent(connection.bus, "Topology Destroy Requested", {
      ...{ ...askedFields({}), id, ...topology, evenWithTraffic },
    });
    return watchRun(connection, id, { source: name, json });
  },
});

const nobodyToAsk = (name: string) =>
  new UserError(`nobody can be asked here; say --yes to delete everything of ${name}`, {
    exitCode: ExitCode.usage,
  });

/** Shows what will be deleted and has the name typed. Throws UserError where another one is. */
async function confirm(topology: { readonly name: string }): Promise<void> {
  for (const line of planLines(await lookAhead(topology, []))) console.log(line);
  const answer = await ask(`type ${topology.name} to delete all of this: `);
  if (answer !== topology.name) throw new UserError("nothing was asked for", { exitCode: ExitCode.refused });
}
