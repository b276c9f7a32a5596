import { readEverything, topologyClients } from "@espalier/lattice";
import { exportDocument, TopologyDocument } from "@espalier/topology";
import { defineCommand } from "citty";
import { stringify } from "yaml";
import { jsonOption } from "../../common-options.ts";
import { ExitCode, UserError } from "../../fail.ts";
import { listed } from "./document-options.ts";

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
    ...jsonOption,
  },
  async run({ args }) {
    const name = nameOf(args.name);
    const services = args.services === undefined ? undefined : listed(args.services);
    const tag = args.tag === undefined ? undefined : pairOf(args.tag);
    const existing = await readEverything(topologyClients());
    const missing = services?.filter((name) => !existing.services.some((service) => service.name === name));
    if (missing?.length) throw new UserError(`there is no service ${missing.join(", ")}`);
    const { document, left } = exportDocument(existing, name, { services, tag });
    console.log(
      args.json ? JSON.stringify(document, null, 2) : stringify(document, { lineWidth: 120 }).trimEnd(),
    );
    for (const sentence of left) console.error(`left out: ${sentence}`);
  },
});

function nameOf(text: string): string {
  const { success, data, error } = TopologyDocument.shape.name.safeParse(text);
  if (success) return data;
  throw new UserError(`the document's name is "${text}"; ${error.issues[0]?.message}`, {
    exitCode: ExitCode.usage,
  });
}

function pairOf(tag: string): [string, string] {
  const at = tag.indexOf("=");
  if (at < 1) throw new UserError(`--tag is ${tag}; it is KEY=VALUE`, { exitCode: ExitCode.usage });
  return [tag.slice(0, at), tag.slice(at + 1)];
}
