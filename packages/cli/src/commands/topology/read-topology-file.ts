import { readFileSync } from "node:fs";
import path from "node:path";
import { fillText, readDocument, TopologyRefused, type Values } from "@espalier/topology";
import { ExitCode, UserError } from "../../fail.ts";

/** A document from a file, its values filled in, checked as the workflow will check it. Throws UserError, a line a problem. */
export function readTopologyFile(file: string, values: Values): unknown {
  const source = path.basename(file);
  try {
    const written = fillText(readFileSync(file, "utf8"), values, source);
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
