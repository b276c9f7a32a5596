import * as z from "zod";

/** One resource as the program registered it: inputs resolved, outputs as a deployment would plausibly give them. */
export type Resource = z.infer<typeof Resource>;
export const Resource = z.object({
  /** Pulumi's name of it, unique in a stack: `urn:pulumi:STAGE::APP::TYPE$CHAIN::NAME`. */
  urn: z.string(),
  /** `aws:sqs/queue:Queue`. */
  type: z.string(),
  name: z.string(),
  /** A resource of a provider; components group resources and are not custom. */
  custom: z.boolean(),
  parent: z.string().optional(),
  /** The account in which its provider makes it. */
  account: z.string(),
  id: z.string(),
  inputs: z.record(z.string(), z.unknown()),
  outputs: z.record(z.string(), z.unknown()),
});

/** All that a program would deploy, in an order in which each resource comes after those it was made from. */
export type Graph = z.infer<typeof Graph>;
export const Graph = z.object({
  app: z.object({ name: z.string(), stage: z.string() }),
  account: z.string(),
  region: z.string(),
  resources: z.array(Resource),
  /** What the program returned. */
  outputs: z.record(z.string(), z.unknown()),
});
