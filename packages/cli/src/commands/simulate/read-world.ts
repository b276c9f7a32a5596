import { readFileSync } from "node:fs";
import { describeIssues } from "@espalier/rollout";
import { World } from "@espalier/simulation";
import { ExitCode, UserError } from "../../fail.ts";

/** The world that a file describes. Throws UserError with a line for each thing that is wrong. */
export function readWorld(file: string): World {
  const written = readJson(file);
  const parsed = World.safeParse(written);
  if (parsed.success) return parsed.data;
  throw new UserError(describeIssues(file, parsed.error, written).join("\n"), { exitCode: ExitCode.usage });
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : message;
    throw new UserError(`${file}: ${why}`, { exitCode: ExitCode.usage, cause });
  }
}
