import type { AccessRequest } from "./access-request.ts";
import { compile } from "./compile.ts";
import type { PolicyDocument } from "./document.ts";
import { requestContext } from "./request-context.ts";

/** A policy and what to call it in a decision. */
export interface NamedPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
}

/** `deny` is an explicit deny; `none` means that nothing allows. `by` is the statement that decided, counted from 0. */
export interface Decision {
  readonly effect: "allow" | "deny" | "none";
  readonly by?: { readonly policy: string; readonly statement: number; readonly sid?: string };
}

/**
 * What policies of one kind say together: an explicit deny anywhere wins, else any allow will do. Where two kinds must both
 * allow (an identity's and a network's), evaluate each.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(policies: readonly NamedPolicy[], request: AccessRequest): Decision {
  const context = requestContext(request);
  let allowed: Decision | undefined;
  for (const { name, document } of policies) {
    const statements = compile(document);
    for (let index = 0; index < statements.length; index += 1) {
      const statement = statements[index];
      if (statement === undefined || (allowed && statement.effect === "Allow")) continue;
      if (!statement.applies(request, context)) continue;
      const { effect, sid } = statement;
      const by = { policy: name, statement: index, ...(sid === undefined ? {} : { sid }) };
      if (effect === "Deny") return { effect: "deny", by };
      allowed = { effect: "allow", by };
    }
  }
  return allowed ?? { effect: "none" };
}
