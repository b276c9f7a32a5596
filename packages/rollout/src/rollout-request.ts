import * as z from "zod";
import { wantedFields } from "./describe-issues.ts";
import { Strategy } from "./strategy.ts";

/** A rollout's id. It is part of table keys and event ids, so it is short and plain. */
export const RolloutId = z
  .string({ error: "an id has 1 to 200 letters, digits and . _ : / + -" })
  .regex(/^[\w.:/+-]{1,200}$/, { error: "an id has 1 to 200 letters, digits and . _ : / + -" });

const reference = (what: string) => {
  const error = { error: `give the name, id or ARN of ${what}` };
  return z.string(error).min(1, error).max(2048, error);
};

const wantedAlpha = { error: "alpha is a chance above 0 and at most 0.5; 0.01 by default" };
const wantedReason = { error: "a reason is a text of at most 500 characters" };
const wantedName = { error: "requestedBy is a name of at most 200 characters" };

/** Why something is asked for, in the words of who asks. */
export const Reason = z.string(wantedReason).max(500, wantedReason);

/** Who asks, as the sender says; IAM decides who may send. */
export const RequestedBy = z.string(wantedName).max(200, wantedName);

const request = {
  id: RolloutId.optional(),
  service: reference("the VPC Lattice service"),
  candidate: reference("the target group of the new version"),
  stable: reference("the target group of the version in use").optional(),
  strategy: Strategy.prefault({ type: "adaptive" }),
  alpha: z.number(wantedAlpha).gt(0, wantedAlpha).max(0.5, wantedAlpha).default(0.01),
  reason: Reason.optional(),
  requestedBy: RequestedBy.optional(),
};

/**
 * What `Rollout Requested` carries and a rollout's file holds. `stable` is by default the group with the largest weight; the
 * strategy is adaptive unless another one is asked for;
 * `alpha` is the chance allowed of ever rolling back a candidate that is no worse.
 */
export const RolloutRequest = z.strictObject(request, wantedFields("a rollout request", request));
export type RolloutRequest = z.infer<typeof RolloutRequest>;
