import { repeatedOption } from "../../repeated-option.ts";
import { readTopologyFile, type TopologyFile } from "./read-topology-file.ts";
import { readValues } from "./read-values.ts";

/** What is given for a document's `${names}`. */
export const valueOptions = {
  values: {
    type: "string",
    description: "A JSON or YAML file with values for the names in the document's braces",
    valueHint: "FILE",
  },
  set: { type: "string", description: "One such value; may be given several times", valueHint: "NAME=VALUE" },
} as const;

/** How a command is told which document is meant. */
export const documentOptions = {
  file: { type: "positional", required: true, description: "The document, YAML or JSON" },
  ...valueOptions,
} as const;

/** What of others' things is to be owned from now on. */
export const adoptOption = {
  adopt: {
    type: "string",
    description:
      "Addresses, with commas between, of things made by others to own from now on; * at the end stands for anything",
    valueHint: "services.order",
  },
} as const;

/** The document that the options name, checked, with its values filled in. Throws UserError. */
export const documentFrom = (
  args: { readonly file: string; readonly values?: string | undefined },
  rawArgs: readonly string[],
): Promise<TopologyFile> =>
  readTopologyFile(args.file, readValues(args.values, repeatedOption(rawArgs, "set")));

/** What an option lists with commas between. */
export const listed = (option: string | undefined): string[] => option?.split(",").filter(Boolean) ?? [];
