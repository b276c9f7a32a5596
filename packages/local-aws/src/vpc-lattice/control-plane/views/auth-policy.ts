import type { AuthPolicy, AuthType } from "../records.ts";

/** An auth policy as GetAuthPolicy shows it: kept, but without effect, while authorisation is off. */
export function authPolicyView(policy: AuthPolicy, authType: AuthType) {
  return {
    policy: policy.policy,
    state: authType === "AWS_IAM" ? "Active" : "Inactive",
    createdAt: new Date(policy.createdAt),
    lastUpdatedAt: new Date(policy.lastUpdatedAt),
  };
}
