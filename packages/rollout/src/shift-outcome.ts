import * as z from "zod";
import { Forwarding } from "./forwarding.ts";
import { Weight } from "./weight.ts";

const order = { order: z.int().nonnegative() };

/**
 * How a shift of weights went: written and read back, or not written because somebody else had been at the weights, or because a
 * freeze or a command that came since has to be looked at first. `order` is the number that the shift was asked for with;
 * `actions` are the service's as they were found.
 */
export const ShiftOutcome = z.discriminatedUnion("type", [
  z.object({ type: z.literal("shifted"), ...order, weight: Weight }),
  z.object({ type: z.literal("drifted"), ...order, found: z.string(), actions: z.array(Forwarding) }),
  z.object({ type: z.literal("held"), ...order }),
]);
export type ShiftOutcome = z.infer<typeof ShiftOutcome>;
