import { type Problem, placeOf, TopologyRefused } from "./problem.ts";

/** Values by name: a stack's outputs, or what was given on the command line. */
export type Values = Readonly<Record<string, unknown>>;

type Keys = readonly (string | number)[];

/**
 * `${name}`, or `${ssm:/a/parameter}`; any other colon makes it a reference of ours or a variable of IAM, resolved by
 * others.
 */
const placeholder = /\$\{([A-Za-z_][A-Za-z0-9_.-]*|ssm:[A-Za-z0-9_./-]+)\}/g;
const whole = new RegExp(`^${placeholder.source}$`);

/**
 * The document with `${name}` replaced. A string that is one placeholder and nothing else becomes the value, whatever it
 * is; as an item of a list, a value that is a list takes its place item by item. Throws TopologyRefused, which names
 * each placeholder without a value.
 */
export function fillValues(document: unknown, values: Values, source = "document"): unknown {
  const problems: Problem[] = [];
  const filled = fill(document, [], values, problems);
  if (problems.length > 0) throw new TopologyRefused(source, problems);
  return filled;
}

/** The names of all values that a document needs. */
export function valuesIn(node: unknown): Set<string> {
  if (typeof node === "string") return new Set([...node.matchAll(placeholder)].map(([, name = ""]) => name));
  if (typeof node !== "object" || node === null) return new Set();
  return new Set(Object.values(node).flatMap((inside) => [...valuesIn(inside)]));
}

function fill(node: unknown, keys: Keys, values: Values, problems: Problem[]): unknown {
  if (typeof node === "string") return fillText(node, keys, values, problems);
  if (Array.isArray(node))
    return node.flatMap((item, index) => {
      const filled = fill(item, [...keys, index], values, problems);
      return typeof item === "string" && Array.isArray(filled) ? filled : [filled];
    });
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, fill(value, [...keys, key], values, problems)]),
  );
}

function fillText(text: string, keys: Keys, values: Values, problems: Problem[]): unknown {
  const only = whole.exec(text)?.[1];
  if (only !== undefined) return lookUp(only, keys, values, problems);
  return text.replace(placeholder, (_, name: string) => {
    const value = lookUp(name, keys, values, problems);
    if (typeof value === "object")
      problems.push({
        place: placeOf(keys),
        message: `is ${JSON.stringify(text)}; "${name}" is a list or an object, which cannot stand inside a text`,
      });
    return String(value);
  });
}

function lookUp(name: string, keys: Keys, values: Values, problems: Problem[]): unknown {
  if (Object.hasOwn(values, name)) return values[name];
  problems.push({ place: placeOf(keys), message: whyMissing(name, values) });
  return "";
}

function whyMissing(name: string, values: Values): string {
  if (name.startsWith("ssm:"))
    return `needs the parameter "${name.slice(4)}", and no String or StringList of this name can be read`;
  const known = Object.keys(values);
  return `needs the value "${name}"; ${known.length > 0 ? `there are: ${known.join(", ")}` : "no values were given"}`;
}
