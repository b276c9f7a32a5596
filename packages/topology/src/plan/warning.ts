import * as z from "zod";

/**
 * What an apply would do that its author may not have meant, at its place in the document. `confirm`: it is not done unless
 * somebody says that it was meant.
 */
export const Warning = z.strictObject({ address: z.string(), sentence: z.string(), confirm: z.boolean() });
export type Warning = z.infer<typeof Warning>;
