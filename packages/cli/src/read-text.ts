import { readFileSync } from "node:fs";
import { ExitCode, UserError } from "./fail.ts";

/** The text of a file that a command line names; `-` is what is piped in. Throws UserError where there is none to read. */
export function readText(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = { ENOENT: `there is no file ${file}`, EISDIR: `${file} is a folder, not a file` }[code ?? ""];
    throw new UserError(why ?? `cannot read ${file}: ${message}`, { exitCode: ExitCode.usage, cause });
  }
}
