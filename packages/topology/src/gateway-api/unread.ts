import { placeOf } from "../problem.ts";

/** The fields of what was written that are missing from what was read of it: what the schema has no word for. */
export function unread(written: unknown, read: unknown, keys: readonly PropertyKey[] = ["spec"]): string[] {
  if (Array.isArray(written) && Array.isArray(read))
    return written.flatMap((item, index) => unread(item, read[index], [...keys, index]));
  if (!isObject(written) || !isObject(read)) return [];
  return Object.entries(written).flatMap(([key, value]) =>
    Object.hasOwn(read, key) ? unread(value, read[key], [...keys, key]) : [placeOf([...keys, key])],
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
