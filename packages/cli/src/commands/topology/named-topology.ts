import { existsSync } from "node:fs";
import { parse } from "yaml";
import { ExitCode, UserError } from "../../fail.ts";
import { readText } from "../../read-text.ts";

/** A topology, given by its name or as the file of its document, of which no more is read than name and role. Throws UserError. */
export function namedTopology(fileOrName: string): { readonly name: string; readonly role?: string } {
  if (!/[./]/.test(fileOrName) && !existsSync(fileOrName)) return { name: fileOrName };
  const { name, role } = headOf(fileOrName);
  if (typeof name === "string")
    // A role that is a placeholder still is left to whoever knows its value.
    return { name, ...(typeof role === "string" && role.startsWith("arn:") && { role }) };
  throw new UserError(`${fileOrName} is no topology document: it has no name`, { exitCode: ExitCode.usage });
}

function headOf(file: string): { readonly name?: unknown; readonly role?: unknown } {
  const text = readText(file);
  try {
    const document: unknown = parse(text, { merge: true });
    return typeof document === "object" && document !== null ? document : {};
  } catch (cause) {
    const why = (cause as Error).message.split("\n")[0]?.replace(/:$/, "");
    throw new UserError(`cannot read ${file}: ${why}`, { exitCode: ExitCode.usage, cause });
  }
}
