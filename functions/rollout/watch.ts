import { Minute } from "@espalier/evidence";
import type { Admitted } from "@espalier/rollout";
import * as z from "zod";

/** What the workflow carries from one look to the next, so that collecting metrics needs no table. */
export const Watch = z.object({ candidate: z.string(), stable: z.string(), after: Minute });
export type Watch = z.infer<typeof Watch>;

/** The two target groups, and the minute up to which everything is closed. */
export function watchOf({ candidate, stable, watch }: Admitted): Watch {
  return { candidate: candidate.id, stable: stable.id, after: watch.closedThrough };
}
