import type { Values } from "@espalier/topology";
import { parse } from "yaml";
import { ExitCode, UserError } from "../../fail.ts";
import { readText } from "../../read-text.ts";

/** Values for a document's `${names}`: from a file, and over them those given as `NAME=VALUE`. Throws UserError. */
export function readValues(file: string | undefined, pairs: readonly string[]): Values {
  return { ...(file === undefined ? {} : fromFile(file)), ...Object.fromEntries(pairs.map(split)) };
}

function fromFile(file: string): Values {
  const values = readYaml(file);
  if (typeof values === "object" && values !== null && !Array.isArray(values)) return values as Values;
  throw usage(`${file} has no values; it is an object of names and values, as .sst/outputs.json is`);
}

function readYaml(file: string): unknown {
  const text = readText(file);
  try {
    return parse(text);
  } catch (cause) {
    throw usage(`cannot read ${file}: ${(cause as Error).message.split("\n")[0]}`, cause);
  }
}

function split(pair: string): [string, string] {
  const at = pair.indexOf("=");
  if (at < 1) throw usage(`--set is ${pair}; it is NAME=VALUE`);
  return [pair.slice(0, at), pair.slice(at + 1)];
}

const usage = (message: string, cause?: unknown) =>
  new UserError(message, { exitCode: ExitCode.usage, cause });
