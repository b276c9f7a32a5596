import { orderedOperators } from "./ordered.ts";

/** Comparisons of numbers, whole or decimal. */
export const numericOperators = orderedOperators("Numeric", "a number", (text) =>
  text.trim() === "" ? Number.NaN : Number(text),
);
