import { existsSync } from "node:fs";
import { parse } from "yaml";
import { ExitCode, UserError } from "../../fail.ts";
import { readText } from "../../read-text.ts";

/** The name of a topology, given as such or as the file of its document, of which nothing else is read. Throws UserError. */
export function namedTopology(fileOrName: string): string {
  if (!/[./]/.test(fileOrName) && !existsSync(fileOrName)) return fileOrName;
  const name = nameIn(fileOrName);
  if (name !== undefined) return name;
  throw new UserError(`${fileOrName} is no topology document: it has no name`, { exitCode: ExitCode.usage });
}

function nameIn(file: string): string | undefined {
  const text = readText(file);
  try {
    const document: unknown = parse(text, { merge: true });
    if (typeof document !== "object" || document === null || !("name" in document)) return undefined;
    return typeof document.name === "string" ? document.name : undefined;
  } catch (cause) {
    const why = (cause as Error).message.split("\n")[0]?.replace(/:$/, "");
    throw new UserError(`cannot read ${file}: ${why}`, { exitCode: ExitCode.usage, cause });
  }
}
