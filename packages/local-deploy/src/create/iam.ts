import * as z from "zod";
import { creator } from "./creator.ts";

const Role = z.object({
  name: z.string(),
  assumeRolePolicy: z.string(),
  inlinePolicies: z.array(z.object({ name: z.string(), policy: z.string() })).default([]),
  // The documents of AWS's managed policies are not known here.
  managedPolicyArns: z.array(z.string()).max(0, "a managed policy").default([]),
});

/** A role with its inline policies. */
export const role = creator(Role, ({ name, assumeRolePolicy, inlinePolicies }, { outputs }, { aws }) =>
  aws.iam.putRole({
    arn: String(outputs.arn),
    name,
    trust: JSON.parse(assumeRolePolicy),
    policies: Object.fromEntries(inlinePolicies.map(({ name, policy }) => [name, JSON.parse(policy)])),
  }),
);
