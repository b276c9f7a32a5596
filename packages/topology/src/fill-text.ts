import { parse, YAMLParseError } from "yaml";
import { fillValues, type Values } from "./fill-values.ts";
import { type Problem, TopologyRefused } from "./problem.ts";

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
    throw new TopologyRefused(source, [whyNoYaml(error, text)], { cause: error });
  }
}

function whyNoYaml({ code, message, linePos }: YAMLParseError, text: string): Problem {
  if (code === "MULTIPLE_DOCS")
    return {
      place: "",
      message: "has several documents; write each to a file of its own, with a name of its own",
    };
  const [first = message] = message.split("\n");
  const [at] = linePos ?? [];
  if (at === undefined) return { place: "", message: first };
  const found = text.split("\n")[at.line - 1]?.slice(Math.max(0, at.col - 2)) ?? "";
  const [placeholder] = /^\$\{[^}]*\}/.exec(found) ?? [];
  const why = first.replace(/( at line \d+, column \d+)?:?$/, "");
  return {
    ...{ place: "", line: at.line },
    message:
      placeholder === undefined
        ? `is no YAML: ${why}`
        : `has ${placeholder} within { } or [ ], where it is a text only in quotes: "${placeholder}"`,
  };
}
