import * as z from "zod";

/** A rollout's id. It is part of table keys and event ids, so it is short and plain. */
export const RolloutId = z
  .string({ error: "an id has 1 to 200 letters, digits and . _ : / + -" })
  .regex(/^[\w.:/+-]{1,200}$/, { error: "an id has 1 to 200 letters, digits and . _ : / + -" });

const wantedReason = { error: "a reason is a text of at most 500 characters" };
const wantedName = { error: "requestedBy is a name of at most 200 characters" };

/** Why something is asked for, in the words of who asks. */
export const Reason = z.string(wantedReason).max(500, wantedReason);

/** Who asks, as the sender says; IAM decides who may send. */
export const RequestedBy = z.string(wantedName).max(200, wantedName);

/** A text that leads to a thing on AWS: its name, its id or its ARN. */
export function reference(what: string) {
  const error = { error: `give the name, id or ARN of ${what}` };
  return z.string(error).min(1, error).max(2048, error);
}
