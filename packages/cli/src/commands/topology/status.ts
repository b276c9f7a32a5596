import { readTopology } from "@espalier/lattice";
import { readDocument } from "@espalier/topology";
import { defineCommand } from "citty";
import { jsonOption, stageOption } from "../../common-options.ts";
import { connect } from "../../connect.ts";
import { UserError } from "../../fail.ts";
import { type RunHead, type TopologiesTable, topologiesTable } from "../../topologies-table.ts";
import { table } from "../../view/table.ts";
import { isDenied } from "./denied.ts";
import { describeRun } from "./describe-run.ts";
import { readingClients } from "./reading-clients.ts";
import { type ServiceStatus, statusOf, statusRows } from "./service-status.ts";

/** `espalier topology status`. */
export const status = defineCommand({
  meta: {
    name: "status",
    description: "Say how a run ended or how far it is, and what of its topology exists. Changes nothing",
  },
  args: {
    run: {
      type: "positional",
      required: false,
      description: "The run's id; the last one where it is left out",
    },
    ...jsonOption,
    ...stageOption,
  },
  async run({ args }) {
    const topologies = topologiesTable((await connect(args)).table);
    const head = await findRun(topologies, args.run);
    const { news, ended } = await topologies.chapter(head.id);
    const services = await servicesOf(topologies, head.name).catch((error: Error) => {
      if (!isDenied(error)) throw error;
      console.error(`cannot look at its services: ${error.message}`);
      return [];
    });
    if (args.json) {
      console.log(JSON.stringify({ ...head, outcome: ended, services }));
      return;
    }
    const now = news.at(-1);
    const lines = ended ? describeRun(ended, head.name) : [`${now?.open ?? "some"} changes to go`];
    console.log(`${head.id}  ${head.name}  ${head.status}  ${head.at}`);
    for (const line of lines) console.log(`  ${line}`);
    if (services.length > 0) console.log(table(headings, services.flatMap(statusRows)));
  },
});

/** What there is of a topology, read as the role that its document is applied as. */
async function servicesOf(topologies: TopologiesTable, name: string): Promise<ServiceStatus[]> {
  const clients = readingClients({ role: await topologies.roleOf(name) });
  const existing = await readTopology(clients, readDocument({ name }));
  return statusOf(existing, name, (service) => topologies.holderOf(service));
}

const headings = ["service", "state", "route", "forwards to", "healthy", "held by"];

async function findRun(topologies: TopologiesTable, id: string | undefined): Promise<RunHead> {
  if (id === undefined) {
    const [last] = await topologies.latest(1);
    if (last === undefined)
      throw new UserError("nothing has been applied yet; see: espalier topology apply --help");
    return last;
  }
  const head = await topologies.head(id);
  if (head === undefined) throw new UserError(`there is no run ${id}`);
  return head;
}
