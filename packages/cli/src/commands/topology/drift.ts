import { readTopology } from "@espalier/lattice";
import { driftOf } from "@espalier/topology";
import { defineCommand } from "citty";
import { jsonOption, stageOption } from "../../common-options.ts";
import { connect } from "../../connect.ts";
import { ExitCode, UserError } from "../../fail.ts";
import { topologiesTable } from "../../topologies-table.ts";
import { namedTopology } from "./named-topology.ts";
import { readingClients } from "./reading-clients.ts";

/** `espalier topology drift`. */
export const drift = defineCommand({
  meta: {
    name: "drift",
    description:
      "Say in what Lattice differs from the document last applied. Changes nothing. Ends with 0 in nothing, 2 in something",
  },
  args: {
    topology: { type: "positional", required: true, description: "Its name, or the file of its document" },
    ...jsonOption,
    ...stageOption,
  },
  async run({ args }) {
    const { name } = namedTopology(args.topology);
    const { table } = await connect(args);
    const applied = await topologiesTable(table).applied(name);
    if (applied === undefined) throw new UserError(`no document of the name ${name} has been applied`);
    const differences = driftOf(
      applied.document,
      await readTopology(readingClients(applied.document), applied.document),
    );
    if (args.json) console.log(JSON.stringify({ name, run: applied.run, differences }));
    else {
      for (const { address, sentence } of differences) console.log(`  ${address}: to put right: ${sentence}`);
      const told = differences.length === 0 ? "is as it was applied" : `differs in ${differences.length}`;
      console.log(`${name} ${told} by ${applied.run}`);
    }
    return differences.length === 0 ? ExitCode.done : ExitCode.toDo;
  },
});
