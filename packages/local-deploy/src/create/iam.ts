import * as z from "zod";
import { creator } from "./creator.ts";

const Role = z.object({
  name: z.string(),
  assumeRolePolicy: z.string(),
  inlinePolicies: z.array(z.object({ name: z.string(), policy: z.string() })).default([]),
  tags: z.record(z.string(), z.string()).default({}),
  // The documents of AWS's managed policies are not known here.
  managedPolicyArns: z.array(z.string()).max(0, "a managed policy").default([]),
});

/** A role with its tags and inline policies. */
export const role = creator(Role, ({ name, assumeRolePolicy, inlinePolicies, tags }, { outputs }, { aws }) =>
  aws.iam.putRole({
    arn: String(outputs.arn),
    name,
    trust: JSON.parse(assumeRolePolicy),
    tags,
    policies: Object.fromEntries(inlinePolicies.map(({ name, policy }) => [name, JSON.parse(policy)])),
  }),
);
