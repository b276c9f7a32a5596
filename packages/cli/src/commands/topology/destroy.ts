import { defineCommand } from "citty";
import { askedFields, jsonOption, stageOption } from "../../common-options.ts";
import { connect } from "../../connect.ts";
import { didYouMean } from "../../did-you-mean.ts";
import { ExitCode, UserError } from "../../fail.ts";
import { sendEvent } from "../../send-event.ts";
import type { Terminal } from "../../terminal.ts";
import { topologiesTable } from "../../topologies-table.ts";
import { unlessDenied } from "./denied.ts";
import { type Ahead, lookAhead } from "./look-ahead.ts";
import { namedTopology } from "./named-topology.ts";
import { planLines } from "./plan-lines.ts";
import { newRunId } from "./request-apply.ts";
import { watchRun } from "./watch-run.ts";

/** `espalier topology destroy`. */
export const destroy = defineCommand({
  meta: {
    name: "destroy",
    description:
      "Delete everything that a document made. Refused where it carries traffic. Ends with 0 gone, 1 failed or not there, 5 refused, 6 but for what a rollout holds",
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
  async run({ args, data }) {
    const { name, role: writtenRole } = namedTopology(args.topology);
    const json = args.json ?? false;
    const terminal: Terminal | undefined = json ? undefined : data?.terminal;
    if (!args.yes && terminal === undefined) throw nobodyToAsk(name);
    const connection = await connect(args);
    const topologies = topologiesTable(connection.table);
    const role = (await topologies.roleOf(name)) ?? writtenRole;
    const topology = { name, ...(role !== undefined && { role }) };
    const ahead = await lookAhead(topology).catch(unlessDenied);
    if (ahead?.changes.length === 0 && (await topologies.applied(name)) === undefined)
      throw nothingThere(name, await topologies.names());
    if (!args.yes && terminal) await confirm(name, ahead, terminal);
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

const nothingThere = (name: string, known: readonly string[]) =>
  new UserError(
    `there is no topology ${name}${didYouMean(name, known)}; ${known.length > 0 ? `there are: ${known.join(", ")}` : "there are none"}`,
  );

/** Shows what will be deleted, as far as the caller may see it, and has the name typed. Throws UserError where another one is. */
async function confirm(name: string, ahead: Ahead | undefined, terminal: Terminal): Promise<void> {
  for (const line of ahead ? planLines(ahead) : []) console.log(line);
  const answer = await terminal.ask(`type ${name} to delete all of this: `);
  if (answer !== name) throw new UserError("nothing was asked for", { exitCode: ExitCode.refused });
}
