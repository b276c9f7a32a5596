import * as z from "zod";
import { Weight } from "./weight.ts";

/** How a shift of weights went: written and read back, or not written because somebody else had been at the weights. */
export const ShiftOutcome = z.discriminatedUnion("type", [
  z.object({ type: z.literal("shifted"), weight: Weight }),
  z.object({ type: z.literal("drifted"), found: z.string() }),
]);
export type ShiftOutcome = z.infer<typeof ShiftOutcome>;
