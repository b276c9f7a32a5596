import { readEverything } from "@espalier/lattice";
import { exportDocument, TopologyDocument } from "@espalier/topology";
import { defineCommand } from "citty";
import { stringify } from "yaml";
import { jsonOption } from "../../common-options.ts";
import { ExitCode, UserError } from "../../fail.ts";
import { listed } from "./document-options.ts";
import { readingClients } from "./reading-clients.ts";

/** `espalier topology export`. */
export const exportTopology = defineCommand({
  meta: {
    name: "export",
    description:
      "Print what exists as a topology document: everything, or some services, or what has a tag. Changes nothing",
  },
  args: {
    name: { type: "positional", required: true, description: "What the document is to call itself" },
    services: { type: "string", description: "Only these, with commas between", valueHint: "order,payment" },
    tag: { type: "string", description: "Only what has this tag", valueHint: "KEY=VALUE" },
    role: {
      type: "string",
      description: "Read as this role, perhaps another account's, which the document is applied as then",
      valueHint: "ARN",
    },
    ...jsonOption,
  },
  async run({ args }) {
    const name = checked("name", args.name);
    const role = args.role === undefined ? undefined : checked("role", args.role);
    const services = args.services === undefined ? undefined : listed(args.services);
    const tag = args.tag === undefined ? undefined : pairOf(args.tag);
    const existing = await readEverything(readingClients({ role }));
    const missing = services?.filter((name) => !existing.services.some((service) => service.name === name));
    if (missing?.length) throw new UserError(`there is no service ${missing.join(", ")}`);
    const { document, left } = exportDocument(existing, name, { services, tag, role });
    console.log(
      args.json ? JSON.stringify(document, null, 2) : stringify(document, { lineWidth: 120 }).trimEnd(),
    );
    for (const sentence of left) console.error(`left out: ${sentence}`);
  },
});

function checked(field: "name" | "role", text: string): string {
  const { success, error } = TopologyDocument.shape[field].safeParse(text);
  if (success) return text;
  throw new UserError(`the document's ${field} is "${text}"; ${error.issues[0]?.message}`, {
    exitCode: ExitCode.usage,
  });
}

function pairOf(tag: string): [string, string] {
  const at = tag.indexOf("=");
  if (at < 1) throw new UserError(`--tag is ${tag}; it is KEY=VALUE`, { exitCode: ExitCode.usage });
  return [tag.slice(0, at), tag.slice(at + 1)];
}
