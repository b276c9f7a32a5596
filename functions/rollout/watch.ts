import { Minute } from "@espalier/evidence";
import { type Admitted, firstUnread } from "@espalier/rollout";
import * as z from "zod";

/** What the workflow carries from one look to the next, so that collecting metrics needs no table. */
export const Watch = z.object({ candidate: z.string(), stable: z.string(), after: Minute });
export type Watch = z.infer<typeof Watch>;

/** The two target groups, and the minute up to which nothing is to be read (any more). */
export function watchOf(rollout: Admitted): Watch {
  const { candidate, stable } = rollout;
  const after = Minute.parse(Math.max(0, firstUnread(rollout) - 1));
  return { candidate: candidate.id, stable: stable.id, after };
}
