import * as z from "zod";
import type { Problem } from "../problem.ts";

/**
 * What an apply would do that its author may not have meant, at its place in the document. `confirm`: it is not done unless
 * somebody says that it was meant.
 */
export const Warning = z.strictObject({ address: z.string(), sentence: z.string(), confirm: z.boolean() });
export type Warning = z.infer<typeof Warning>;

/** The warnings that have to be confirmed and were not: `accept` lists the addresses of those that were, `*` all of them. */
export const unaccepted = (warnings: readonly Warning[], accept: readonly string[]): Problem[] =>
  warnings
    .filter(({ address, confirm }) => confirm && !accept.includes("*") && !accept.includes(address))
    .map(({ address, sentence }) => ({ place: address, message: sentence }));
