import type { InputTransformer, Target } from "@aws-sdk/client-eventbridge";
import { AwsError } from "../../aws-error.ts";
import type { Rule } from "../bus.ts";
import type { BusEvent } from "../event.ts";
import { parseJsonPath, valueAt } from "./json-path.ts";

/** The text that a target receives for an event. Throws InvalidJson where a template does not become JSON. */
export function targetInput(target: Target, rule: Pick<Rule, "arn" | "name">, event: BusEvent): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(at(event, target.InputPath) ?? null);
  if (target.InputTransformer !== undefined) return transform(target.InputTransformer, rule, event);
  return JSON.stringify(event);
}

const at = (event: BusEvent, path: string) => valueAt(event, parseJsonPath(path) ?? []);

/**
 * Fills `<name>` in a template. Between quotes a value goes in as text; elsewhere in a JSON template as JSON. A path without a
 * value leaves an empty text. A template that is one quoted string stays JSON text, as on AWS.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
function transform(transformer: InputTransformer, rule: Pick<Rule, "arn" | "name">, event: BusEvent): string {
  const values = new Map<string, unknown>([
    ["aws.events.rule-arn", rule.arn],
    ["aws.events.rule-name", rule.name],
    ["aws.events.event.ingestion-time", event.time],
    ["aws.events.event", event],
    ["aws.events.event.json", event],
  ]);
  for (const [name, path] of Object.entries(transformer.InputPathsMap ?? {}))
    values.set(name, at(event, path));
  const template = transformer.InputTemplate ?? "";
  const json = template.trimStart().startsWith("{");
  let quoted = false;
  const filled = template.replace(/\\.|"|<([^<>\s]+)>/gs, (found: string, name: string | undefined) => {
    if (found === '"') quoted = !quoted;
    if (name === undefined) return found;
    return quoted || !json ? asText(values.get(name), quoted) : JSON.stringify(values.get(name) ?? "");
  });
  if (json && !isJson(filled))
    throw new AwsError("InvalidJson", `The template did not become JSON: ${filled.slice(0, 200)}`);
  return filled;
}

function asText(value: unknown, quoted: boolean): string {
  if (value === undefined) return "";
  if (typeof value === "string") return quoted ? JSON.stringify(value).slice(1, -1) : value;
  const text = JSON.stringify(value);
  return quoted ? text.replaceAll('"', "") : text;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
