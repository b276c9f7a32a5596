import type { Values } from "@espalier/topology";
import { repeatedOption } from "../../repeated-option.ts";
import { readTopologyFile } from "./read-topology-file.ts";
import { readValues } from "./read-values.ts";

/** How a command is told which document is meant. */
export const documentOptions = {
  file: { type: "positional", required: true, description: "The document, YAML or JSON" },
  values: {
    type: "string",
    description: "A JSON or YAML file with values for the names in braces",
    valueHint: "FILE",
  },
  set: { type: "string", description: "One value; may be given several times", valueHint: "NAME=VALUE" },
  adopt: {
    type: "string",
    description:
      "Addresses, with commas between, of things made by others to own from now on; * at the end stands for anything",
    valueHint: "services.order",
  },
} as const;

interface Options {
  readonly file: string;
  readonly values?: string | undefined;
  readonly adopt?: string | undefined;
}

/** The document that the options name, with its values filled in, and what of others' things it is to own. Throws UserError. */
export async function documentFrom(
  args: Options,
  rawArgs: string[],
): Promise<{ written: unknown; adopt: readonly string[] }> {
  const values: Values = readValues(args.values, repeatedOption(rawArgs, "set"));
  return { written: await readTopologyFile(args.file, values), adopt: listed(args.adopt) };
}

/** What an option lists with commas between. */
export const listed = (option: string | undefined): string[] => option?.split(",").filter(Boolean) ?? [];
