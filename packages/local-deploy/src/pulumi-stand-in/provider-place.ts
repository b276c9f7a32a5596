import * as z from "zod";
import type { Place } from "../graph/place.ts";

const Roles = z.array(z.object({ roleArn: z.string() }));
const Settings = z.object({
  region: z.string().optional(),
  // Pulumi hands nested settings of a provider over as JSON.
  assumeRoles: z
    .string()
    .transform((text) => Roles.parse(JSON.parse(text)))
    .default([]),
});

/** Where a provider of AWS with these settings makes things: in the account of the role that it assumes, if it assumes one. */
export function providerPlace(settings: unknown, { account, region }: Place): Place {
  const { assumeRoles, region: own = region } = Settings.parse(settings);
  return { account: assumeRoles.at(-1)?.roleArn.split(":")[4] ?? account, region: own };
}
