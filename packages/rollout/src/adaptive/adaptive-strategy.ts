import * as z from "zod";

/** The default strategy: shares that follow from the evidence. Whatever is left out has its default. */
export const AdaptiveStrategy = z.strictObject({ type: z.literal("adaptive") });
export type AdaptiveStrategy = z.infer<typeof AdaptiveStrategy>;
