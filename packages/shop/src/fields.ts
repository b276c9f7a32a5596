/** Reads the fields of a JSON body; the first one that is not as it should be is told by name. */
export function fields<Shape extends Readonly<Record<string, "text" | "whole number">>>(
  body: unknown,
  shape: Shape,
): { readonly [Name in keyof Shape]: Shape[Name] extends "text" ? string : number } | string {
  if (typeof body !== "object" || body === null) return "the body is missing; it is a JSON object";
  const given = body as Record<string, unknown>;
  for (const [name, kind] of Object.entries(shape)) {
    const value = given[name];
    const good = kind === "text" ? typeof value === "string" && value !== "" : Number.isSafeInteger(value);
    if (!good) return `${name} is ${JSON.stringify(value) ?? "missing"}; it is a ${kind}`;
  }
  return Object.fromEntries(Object.keys(shape).map((name) => [name, given[name]])) as never;
}
