import { logical, named } from "./names.ts";
import { type Permission, policy, trusts } from "./permission.ts";

/** A role that one AWS service assumes. */
export function serviceRole(name: string, service: string, permissions: readonly Permission[]): aws.iam.Role {
  return new aws.iam.Role(`${logical(name)}Role`, {
    name: named(name),
    assumeRolePolicy: trusts(service),
    inlinePolicies: [{ name: "inline", policy: policy(permissions) }],
  });
}
