import { parse, YAMLParseError } from "yaml";
import { fillValues, type Values } from "./fill-values.ts";
import { TopologyRefused } from "./problem.ts";

/** What was written, with its values filled in: what an apply is asked with. Throws TopologyRefused. */
export function fillText(text: string, values: Values, source: string): unknown {
  return fillValues(parseText(text, source), values, source);
}

/** YAML, or JSON, which is some. Throws TopologyRefused. */
export function parseText(text: string, source: string): unknown {
  try {
    return parse(text, { merge: true });
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const message =
      error.code === "MULTIPLE_DOCS"
        ? "has several documents; write each to a file of its own, with a name of its own"
        : error.message;
    throw new TopologyRefused(source, [{ place: "", message }], { cause: error });
  }
}
