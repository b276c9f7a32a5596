import * as z from "zod";
import { Instant } from "./instant.ts";
import { wantedFields } from "./request/describe-issues.ts";
import { Reason, RequestedBy, RolloutId } from "./request/reference.ts";

/** That no share may grow, and by whose word. */
export const Frozen = z.object({ by: RequestedBy.optional(), why: Reason.optional(), since: Instant });
export type Frozen = z.infer<typeof Frozen>;

const request = {
  id: RolloutId.optional(),
  frozen: z.boolean({ error: "frozen is true or false" }),
  reason: Reason.optional(),
  requestedBy: RequestedBy.optional(),
};

/** What `Freeze Requested` carries: stop every growth, or let it go on. */
export const FreezeRequest = z.strictObject(request, wantedFields("a freeze", request));
export type FreezeRequest = z.infer<typeof FreezeRequest>;
