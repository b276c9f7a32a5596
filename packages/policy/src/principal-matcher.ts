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
  const roots = [...aws].some((name) => name.endsWith(":root"));
  return (principal) => {
    switch (principal.type) {
      case "anonymous":
        return false;
      case "service":
        return services.has(principal.service);
      case "aws":
        return isNamed(principal, aws, roots);
    }
  };
}

function isNamed(
  { arn, account, roleArn }: Extract<Principal, { type: "aws" }>,
  names: ReadonlySet<string>,
  roots: boolean,
): boolean {
  if (names.has(arn) || names.has(account) || (roleArn !== undefined && names.has(roleArn))) return true;
  return roots && names.has(`arn:${arn.split(":")[1] ?? "aws"}:iam::${account}:root`);
}
