import { Instant } from "@espalier/rollout";
import * as z from "zod";

/** One state's turn of an execution: whose rollout, which execution in which generation, and the AWS time it is. */
export const Turn = z.object({
  rollout: z.string(),
  execution: z.string(),
  generation: z.int().positive(),
  at: Instant,
});
export type Turn = z.infer<typeof Turn>;
