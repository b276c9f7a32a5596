import { stripVTControlCharacters } from "node:util";
import { renderUsage } from "citty";
import type { AnyCommand } from "./any-command.ts";
import { ExitCode, exitCodeMeanings } from "./fail.ts";

/** A command's help, under all of its words (`espalier rollout start`); that of the whole command lists the exit codes. */
export async function help(command: AnyCommand, words: readonly string[], version = ""): Promise<string> {
  const above = words.slice(0, -1).join(" ");
  const usage = await renderUsage(command, above === "" ? undefined : { meta: { name: above, version } });
  const text = (above === "" ? `${usage}\n\n${exitCodes()}\n` : `${usage}\n`).replace(/ +$/gm, "");
  return process.stdout.isTTY ? text : stripVTControlCharacters(text);
}

const exitCodes = () =>
  [
    "EXIT CODES\n",
    ...Object.entries(ExitCode).map(
      ([name, code]) => `  ${String(code).padStart(3)}  ${exitCodeMeanings[name as keyof typeof ExitCode]}`,
    ),
  ].join("\n");
