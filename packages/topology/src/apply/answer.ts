import * as z from "zod";

/** What Lattice answers to a write and nobody could have known before; empty where it does not say. */
export const Answer = z.strictObject({
  id: z.string(),
  arn: z.string(),
  /** Of what has a life cycle: CREATE_IN_PROGRESS, DELETE_IN_PROGRESS, ACTIVE. */
  status: z.string(),
  domainName: z.string(),
});
export type Answer = z.infer<typeof Answer>;
