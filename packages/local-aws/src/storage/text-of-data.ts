const tag = "$is";

/** One line of JSON that says all of a value of data: Date, bytes, Map, Set and numbers that JSON lacks too. */
export function textOf(data: unknown): string {
  return JSON.stringify(data, tagged);
}

/** The value that `textOf` wrote. Throws SyntaxError. */
export function dataOf(text: string): unknown {
  // A reviver is slow, and most lines have nothing for it.
  return text.includes(`"${tag}"`) ? JSON.parse(text, untagged) : JSON.parse(text);
}

function tagged(this: unknown, key: string, value: unknown): unknown {
  const held = (this as Record<string, unknown>)[key];
  if (typeof held === "number") return Number.isFinite(held) ? held : as("number", String(held));
  if (typeof held !== "object" || held === null) return value;
  if (held instanceof Date) return as("date", held.getTime());
  if (held instanceof Uint8Array) return as("bytes", Buffer.from(held).toString("base64"));
  if (held instanceof Map) return as("map", [...held]);
  if (held instanceof Set) return as("set", [...held]);
  return Object.hasOwn(held, tag) ? as("object", Object.entries(held)) : value;
}

const as = (kind: string, value: unknown) => ({ [tag]: kind, value });

function untagged(_key: string, held: unknown): unknown {
  if (typeof held !== "object" || held === null || !Object.hasOwn(held, tag)) return held;
  const { [tag]: kind, value } = held as { [tag]: string; value: never };
  switch (kind) {
    case "number":
      return Number(value);
    case "date":
      return new Date(value);
    case "bytes":
      return Buffer.from(value, "base64");
    case "map":
      return new Map(value);
    case "set":
      return new Set(value);
    default:
      return Object.fromEntries(value);
  }
}
