import { type Expectation, PolicyError, readExpectations } from "@espalier/policy";
import { parse } from "yaml";
import { ExitCode, UserError } from "../../fail.ts";
import { readText } from "../../read-text.ts";

/** Reads a file of expected decisions. Throws UserError, with a line for each problem. */
export function readExpectationsFile(file: string): Expectation[] {
  const text = readText(file);
  try {
    return readExpectations(parse(text));
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
