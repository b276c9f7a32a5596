import { readFileSync } from "node:fs";
import { type Expectation, PolicyError, readExpectations } from "@espalier/policy";
import { parse } from "yaml";
import { ExitCode, UserError } from "../../fail.ts";

/** Reads a file of expected decisions. Throws UserError, with a line for each problem. */
export function readExpectationsFile(file: string): Expectation[] {
  try {
    return readExpectations(parse(readFileSync(file, "utf8")));
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    const problems = cause instanceof PolicyError ? cause.message.split("\n") : [firstLine(cause)];
    throw new UserError(problems.map((problem) => `${file}: ${problem}`).join("\n"), {
      exitCode: ExitCode.usage,
      cause,
    });
  }
}

const firstLine = ({ message }: Error) => (message.split("\n")[0] ?? message).replace(/:$/, "");
