import { readFileSync } from "node:fs";
import path from "node:path";
import { awsValues } from "@espalier/lattice";
import { fillTextFrom, readDocument, TopologyRefused, type Values } from "@espalier/topology";
import { ExitCode, UserError } from "../../fail.ts";

/**
 * A document from a file, checked as the workflow will check it, with its values filled in: those given, and those that it takes
 * from AWS. Throws UserError, a line a problem.
 */
export async function readTopologyFile(file: string, values: Values): Promise<unknown> {
  const source = path.basename(file);
  try {
    const written = await fillTextFrom(readFileSync(file, "utf8"), values, awsValues(), source);
    readDocument(written, source);
    return written;
  } catch (cause) {
    if (cause instanceof TopologyRefused)
      throw new UserError(told(cause), { exitCode: ExitCode.usage, cause });
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    throw new UserError(reasons[code]?.(file) ?? `cannot read ${file}: ${message}`, {
      exitCode: ExitCode.usage,
      cause,
    });
  }
}

/** A line a problem; of what is no YAML the first line says where, the others show it. */
const told = ({ problems, message }: TopologyRefused) =>
  problems[0]?.place === "" ? (message.split("\n")[0] ?? message).replace(/:$/, "") : message;

const reasons: Readonly<Record<string, (file: string) => string>> = {
  ENOENT: (file) => `there is no file ${file}`,
  EISDIR: (file) => `${file} is a folder, not a file`,
};
