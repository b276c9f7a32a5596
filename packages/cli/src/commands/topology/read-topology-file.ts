import path from "node:path";
import { awsValues } from "@espalier/lattice";
import {
  fillTextFrom,
  linesOf,
  type Problem,
  readDocument,
  sentenceOf,
  TopologyRefused,
  type Values,
} from "@espalier/topology";
import { ExitCode, UserError } from "../../fail.ts";
import { readText } from "../../read-text.ts";

/** A document as it was read from a file. */
export interface TopologyFile {
  /** With its values filled in. */
  readonly written: unknown;
  /** A problem at its place, `shop.yaml:12: services.order is taken`, as a line. */
  readonly told: (problem: Problem) => string;
}

/**
 * A document from a file, checked as the workflow will check it, with its values filled in: those given, and those that it takes
 * from AWS. Throws UserError, a line a problem.
 */
export async function readTopologyFile(file: string, values: Values): Promise<TopologyFile> {
  const source = file === "-" ? "stdin" : path.basename(file);
  const text = readText(file);
  const told = teller(source, text);
  try {
    const written = await fillTextFrom(text, values, awsValues(), source);
    readDocument(written, source);
    return { written, told };
  } catch (cause) {
    if (!(cause instanceof TopologyRefused)) throw cause;
    const message = cause.problems.map(told).join("\n");
    throw new UserError(message, { exitCode: ExitCode.usage, cause });
  }
}

/** The lines are looked for where there is something to tell. */
function teller(source: string, text: string): TopologyFile["told"] {
  let lineOf: ReturnType<typeof linesOf> | undefined;
  return (problem) => {
    lineOf ??= linesOf(text);
    const { place, message } = problem;
    // What is said of a policy begins with the statement that it is said of.
    const [statement] = /^Statement\[\d+\]/.exec(message) ?? [];
    const line = problem.line ?? lineOf(statement === undefined ? place : `${place}.${statement}`);
    return sentenceOf(line === undefined ? source : `${source}:${line}`, problem);
  };
}
