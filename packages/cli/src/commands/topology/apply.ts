import { unaccepted } from "@espalier/topology";
import { defineCommand } from "citty";
import { jsonOption, stageOption } from "../../common-options.ts";
import { connect } from "../../connect.ts";
import { ExitCode, UserError } from "../../fail.ts";
import type { Terminal } from "../../terminal.ts";
import { unlessDenied } from "./denied.ts";
import { adoptOption, documentFrom, documentOptions, listed } from "./document-options.ts";
import { lookAhead } from "./look-ahead.ts";
import { planLines } from "./plan-lines.ts";
import type { TopologyFile } from "./read-topology-file.ts";
import { requestApply } from "./request-apply.ts";
import { watchRun } from "./watch-run.ts";

/** `espalier topology apply`. */
export const apply = defineCommand({
  meta: {
    name: "apply",
    description:
      "Make Lattice as a document says, and show each change. Ends with 0 applied, 1 failed, 2 bad document, 5 refused, 6 but for what a rollout holds",
  },
  args: {
    ...documentOptions,
    ...adoptOption,
    yes: { type: "boolean", description: "Do not ask, whatever there is to warn of" },
    accept: {
      type: "string",
      description: "Addresses, with commas between, of warnings that are meant",
      valueHint: "networks.shop.policy",
    },
    id: { type: "string", description: "An id of your own; the same id twice has one outcome" },
    wait: { type: "boolean", default: true, description: "Wait for the outcome" },
    ...jsonOption,
    ...stageOption,
  },
  async run({ args, rawArgs, data }) {
    const file = await documentFrom(args, rawArgs);
    const { written } = file;
    const adopt = listed(args.adopt);
    const terminal: Terminal | undefined = args.json ? undefined : data?.terminal;
    const accept = args.yes ? ["*"] : await meant(file, adopt, listed(args.accept), terminal);
    const connection = await connect(args);
    const id = await requestApply(connection, { document: written, adopt, accept, id: args.id });
    if (args.wait)
      return watchRun(connection, id, { source: args.file, told: file.told, json: args.json ?? false });
    console.log(args.json ? JSON.stringify({ id }) : `asked for ${id}`);
    return undefined;
  },
});

/** The addresses of the warnings that are meant. On a terminal somebody is asked; elsewhere they have to be accepted by name. */
async function meant(
  { written, told }: TopologyFile,
  adopt: string[],
  accept: string[],
  terminal: Terminal | undefined,
): Promise<string[]> {
  const ahead = await lookAhead(written, { adopt, accept }).catch(unlessDenied);
  if (ahead === undefined) return accept;
  const open = unaccepted(ahead.warnings, accept);
  if (terminal === undefined) {
    if (open.length === 0) return accept;
    const lines = open.map((problem) => `${told(problem)}: --accept ${problem.place}, or --yes`);
    throw new UserError(lines.join("\n"), { exitCode: ExitCode.refused });
  }
  const toDo = ahead.changes.some(({ state }) => state !== "unchanged");
  for (const line of planLines(ahead, told)) console.log(line);
  if (!toDo && open.length === 0) return accept;
  if (ahead.changes.some(({ state }) => state === "refused"))
    throw new UserError("nothing was asked for: it would be refused", { exitCode: ExitCode.refused });
  const answer = await terminal.ask(`apply ${ahead.document.name}? Only "yes" is yes: `);
  if (answer !== "yes") throw new UserError("nothing was asked for", { exitCode: ExitCode.refused });
  return [...accept, ...open.map(({ place }) => place)];
}
