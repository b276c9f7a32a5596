import { accessSync, constants, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ExitCode, UserError } from "../fail.ts";
import type { Report } from "./report.ts";

/** Writes the report to `file` when there is one. Throws UserError at once where that file could not be written. */
export function reportWriter(file: string): (report: Report) => void {
  const folder = path.dirname(path.resolve(file));
  const refuse = (why: string) => new UserError(`--report is ${file}; ${why}`, { exitCode: ExitCode.usage });
  if (!isFolder(folder)) throw refuse(`there is no folder ${folder}`);
  if (isFolder(file)) throw refuse("this is a folder; name a file");
  try {
    accessSync(statSync(file, { throwIfNoEntry: false }) ? file : folder, constants.W_OK);
  } catch {
    throw refuse("it may not be written");
  }
  return (report) => writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
}

const isFolder = (at: string) => statSync(at, { throwIfNoEntry: false })?.isDirectory() ?? false;
