import { type AccessRequest, type Decision, evaluate, type NamedPolicy } from "@espalier/policy";
import { AwsError } from "../aws-error.ts";
import type { Call, Caller, Operation, Permission } from "../platform.ts";
import { principalOf, sourceOf } from "./principal.ts";
import { type Tags, tagKeys } from "./tags.ts";

/** Throws AccessDeniedException unless the caller may make the call. */
export type Authorise = (operation: Operation<never>, input: unknown, call: Call) => void;

/** `identityPolicies` and `principalTags` are those of the caller; `now` is AWS time, for `aws:CurrentTime`. */
export function authoriser(parts: {
  readonly identityPolicies: (caller: Caller) => readonly NamedPolicy[];
  readonly principalTags: (caller: Caller) => Tags;
  readonly now: () => number;
}): Authorise {
  return (operation, input, call) => {
    const permissions = operation.permissions(input as never, call);
    const document = operation.resourcePolicy?.(input as never, call);
    const resourcePolicies = document === undefined ? [] : [{ name: "resource-based policy", document }];
    const identityPolicies = parts.identityPolicies(call.caller);
    const ofCaller = tagKeys("PrincipalTag", parts.principalTags(call.caller));
    for (const permission of permissions) {
      const request: AccessRequest = {
        principal: principalOf(call.caller),
        action: permission.action,
        resource: permission.resource,
        context: { ...contextOf(call, parts.now()), ...ofCaller, ...permission.context },
      };
      const verdict = judge(call.caller, {
        identity: evaluate(identityPolicies, request),
        resource: evaluate(resourcePolicies, request),
        resourceByName: evaluate(resourcePolicies, withoutAccount(request)),
      });
      if (verdict !== "allowed") throw denied(call.caller, permission, verdict);
    }
  };
}

type Refusal =
  | "with an explicit deny in an identity-based policy"
  | "with an explicit deny in a resource-based policy"
  | "because no identity-based policy allows the action"
  | "because no resource-based policy allows the action";

interface Decisions {
  readonly identity: Decision;
  readonly resource: Decision;
  /** What the resource's policy says to a caller by its own name, and not as one of its account. */
  readonly resourceByName: Decision;
}

/**
 * Within one account either kind of policy allows and any deny wins; a service has no policies of its own. A resource's policy
 * that allows a whole account leaves it to that account's identity policies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
function judge(caller: Caller, { identity, resource, resourceByName }: Decisions): "allowed" | Refusal {
  if (identity.effect === "deny") return "with an explicit deny in an identity-based policy";
  if (resource.effect === "deny") return "with an explicit deny in a resource-based policy";
  if (caller.type === "root") return "allowed";
  if (identity.effect === "allow" || resourceByName.effect === "allow") return "allowed";
  return caller.type === "service"
    ? "because no resource-based policy allows the action"
    : "because no identity-based policy allows the action";
}

function withoutAccount(request: AccessRequest): AccessRequest {
  const { principal, context } = request;
  if (principal.type !== "aws") return request;
  return {
    ...request,
    principal: { ...principal, account: "" },
    context: { ...context, "aws:PrincipalAccount": principal.account },
  };
}

function contextOf({ caller, region }: Call, now: number): Record<string, string> {
  return {
    "aws:RequestedRegion": region,
    "aws:CurrentTime": new Date(now).toISOString(),
    "aws:EpochTime": String(Math.floor(now / 1000)),
    "aws:SecureTransport": "false",
    ...sourceOf(caller),
  };
}

function denied(caller: Caller, { action, resource }: Permission, refusal: Refusal): AwsError {
  const why = refusal.replace("the action", `the ${action} action`);
  const message = `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
  return new AwsError("AccessDeniedException", message, 403);
}
