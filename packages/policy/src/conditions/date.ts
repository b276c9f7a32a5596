import { orderedOperators } from "./ordered.ts";

/** Comparisons of times, written as ISO 8601 or as seconds since the epoch. */
export const dateOperators = orderedOperators(
  "Date",
  "a date as ISO 8601 or in seconds since 1970",
  (text) => (/^\d+(\.\d+)?$/.test(text) && text.length > 4 ? Number(text) * 1000 : Date.parse(text)),
);
