import { Named } from "@espalier/rollout";
import * as z from "zod";

/** A candidate's group that is to be made, as the workflow carries it from Admit to PrepareCandidate. */
export const GroupOrder = z.object({
  rollout: z.string(),
  service: Named,
  stable: z.string(),
  type: z.enum(["LAMBDA", "INSTANCE", "IP", "ALB"]),
  targets: z.array(z.object({ id: z.string(), port: z.int().optional() })).min(1),
});
export type GroupOrder = z.infer<typeof GroupOrder>;
