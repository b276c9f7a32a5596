import type { Principal } from "./access-request.ts";
import type { Statement } from "./document.ts";
import { listOf } from "./one-or-many.ts";

/**
 * Whether a Principal element names this principal. A session of a role is named by its own ARN, its role's, its
 * account's number and its account's root; everybody, services included, by `*`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function principalMatcher(
  element: NonNullable<Statement["Principal"]>,
): (principal: Principal) => boolean {
  if (element === "*") return () => true;
  const aws = new Set(listOf(element.AWS ?? []));
  if (aws.has("*")) return () => true;
  const services = new Set(listOf(element.Service ?? []));
  return (principal) => {
    switch (principal.type) {
      case "anonymous":
        return false;
      case "service":
        return services.has(principal.service);
      case "aws":
        return namesOf(principal).some((name) => aws.has(name));
    }
  };
}

function namesOf(principal: Extract<Principal, { type: "aws" }>): readonly string[] {
  const { arn, account, roleArn } = principal;
  const partition = arn.split(":")[1] ?? "aws";
  return [arn, account, `arn:${partition}:iam::${account}:root`, ...(roleArn === undefined ? [] : [roleArn])];
}
