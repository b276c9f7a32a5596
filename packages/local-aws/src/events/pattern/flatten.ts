import { isScalar, type JsonObject, type Scalar } from "./json.ts";

/** Where in the arrays around it a value stands, from the outermost inwards. */
export type Place = readonly { readonly array: string; readonly index: number }[];

interface Field {
  readonly value: Scalar;
  readonly place: Place;
}

/** The scalars of an event by their path, names joined by dots; the elements of an array share its path. */
export type Fields = ReadonlyMap<string, readonly Field[]>;

export function flatten(event: JsonObject): Fields {
  const fields = new Map<string, Field[]>();
  const visit = (value: unknown, path: string, place: Place) => {
    if (isScalar(value)) {
      const known = fields.get(path);
      if (known === undefined) fields.set(path, [{ value, place }]);
      else known.push({ value, place });
    } else if (Array.isArray(value)) {
      for (const [index, element] of value.entries()) {
        // A scalar has no siblings within its element, so its index can contradict nothing.
        visit(element, path, isScalar(element) ? place : [...place, { array: path, index }]);
      }
    } else if (typeof value === "object" && value !== null) {
      for (const [name, member] of Object.entries(value)) {
        visit(member, path === "" ? name : `${path}.${name}`, place);
      }
    }
  };
  visit(event, "", []);
  return fields;
}
