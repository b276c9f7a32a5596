/** The input with its long lists cut down to the first item of each shape. */
export function short(input: unknown): unknown {
  if (Array.isArray(input)) return (input.length > LONG ? distinct(input) : input).map(short);
  if (input === null || typeof input !== "object") return input;
  return Object.fromEntries(Object.entries(input).map(([name, field]) => [name, short(field)]));
}

/** Of inputs, the first of each shape: which fields there are, of which kinds, and which of a union it is. */
export function distinct(inputs: readonly unknown[]): unknown[] {
  const found = new Map<string, unknown>();
  for (const input of inputs) {
    const shape = JSON.stringify(shapeOf(input));
    if (!found.has(shape)) found.set(shape, input);
  }
  return [...found.values()];
}

// A first look reads hours of history, a minute an item.
const LONG = 5;

/** Fields whose text says which of a union they are in. */
const TELLING = new Set(["type", "detail-type", "answer", "point", "status", "value"]);

function shapeOf(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value === null ? null : typeof value;
  if (Array.isArray(value)) return [...new Set(value.map((item) => JSON.stringify(shapeOf(item))))].sort();
  const fields = Object.entries(value).map(([name, field]) => [
    name,
    TELLING.has(name) && typeof field === "string" ? field : shapeOf(field),
  ]);
  return Object.fromEntries(fields.sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)));
}
