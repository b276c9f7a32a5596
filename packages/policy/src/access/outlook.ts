import type { AccessRequest } from "../access-request.ts";
import { type CompiledStatement, compile } from "../compile.ts";
import type { NamedPolicy } from "../evaluate.ts";
import { type RequestContext, requestContext } from "../request-context.ts";

/**
 * What policies of one kind say of a request of which not everything is known. `depends`: a condition decides on a key that the
 * request does not have here, and may have when it is made.
 */
export type Outlook = "allow" | "deny" | "none" | "depends";

export function outlook(policies: readonly NamedPolicy[], request: AccessRequest): Outlook {
  const context = requestContext(request);
  const applying = policies
    .flatMap(({ document }) => compile(document))
    .map((statement) => ({ effect: statement.effect, applies: applies(statement, request, context) }));
  const some = (effect: "Allow" | "Deny", how: "surely" | "perhaps") =>
    applying.some((each) => each.effect === effect && each.applies === how);
  if (some("Deny", "surely")) return "deny";
  const allowed = some("Allow", "surely");
  if (!allowed && !some("Allow", "perhaps")) return "none";
  return allowed && !some("Deny", "perhaps") ? "allow" : "depends";
}

function applies({ checks }: CompiledStatement, request: AccessRequest, context: RequestContext) {
  let how: "surely" | "perhaps" = "surely";
  for (const { says, holds } of checks) {
    if (says.element === "Condition" && isUnknown(says.key, request, context)) how = "perhaps";
    else if (!holds(request, context)) return "never";
  }
  return how;
}

/** A resource has no tags but those that are known, a session may have more than its role; unsigned callers have nothing of either. */
function isUnknown(key: string, { principal }: AccessRequest, context: RequestContext): boolean {
  if (context(key) !== undefined || /^aws:ResourceTag\//i.test(key)) return false;
  return principal.type !== "anonymous" || !/^aws:Principal/i.test(key);
}
