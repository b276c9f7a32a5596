import path from "node:path";
import { awsValues } from "@espalier/lattice";
import { fillTextFrom, readDocument, TopologyRefused, type Values } from "@espalier/topology";
import { ExitCode, UserError } from "../../fail.ts";
import { readText } from "../../read-text.ts";

/**
 * A document from a file, checked as the workflow will check it, with its values filled in: those given, and those that it takes
 * from AWS. Throws UserError, a line a problem.
 */
export async function readTopologyFile(file: string, values: Values): Promise<unknown> {
  const source = path.basename(file);
  const text = readText(file);
  try {
    const written = await fillTextFrom(text, values, awsValues(), source);
    readDocument(written, source);
    return written;
  } catch (cause) {
    if (!(cause instanceof TopologyRefused)) throw cause;
    throw new UserError(told(cause), { exitCode: ExitCode.usage, cause });
  }
}

/** A line a problem; of what is no YAML the first line says where, the others show it. */
const told = ({ problems, message }: TopologyRefused) =>
  problems[0]?.place === "" ? (message.split("\n")[0] ?? message).replace(/:$/, "") : message;
