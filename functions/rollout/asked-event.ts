import { Instant } from "@espalier/rollout";
import * as z from "zod";

/** An event as EventBridge hands it over, with whatever its sender put into it. */
export const AskedEvent = z.object({
  id: z.string(),
  time: Instant,
  "detail-type": z.string(),
  detail: z.unknown(),
});
export type AskedEvent = z.infer<typeof AskedEvent>;
