import type { AccessRequest, Principal } from "./access-request.ts";
import { compile, type Said } from "./compile.ts";
import { type Decision, evaluate, type NamedPolicy } from "./evaluate.ts";
import { type RequestContext, requestContext } from "./request-context.ts";

type StatementName = NonNullable<Decision["by"]>;

/** What a statement says and the request is not; `had` is what the request has instead, undefined where it has nothing. */
export type Unmet = Said & { readonly had: string | readonly string[] | undefined };

/** A statement of a named policy, counted from 0, and why it applied to a request or did not. */
export interface StatementExplained extends StatementName {
  readonly effect: "Allow" | "Deny";
  /** Empty: it applies. */
  readonly unmet: readonly Unmet[];
}

/**
 * A decision with its reasons. What would have been `needed` for an allow is two things: that none of the `denies` applied, and
 * an Allow that does. Where there is none, `nearest` has those with the fewest things unmet; it is empty where no statement
 * allows anything.
 */
export interface Explanation {
  readonly decision: Decision;
  readonly statements: readonly StatementExplained[];
  /** Undefined for an allow. */
  readonly needed: Needed | undefined;
}

export interface Needed {
  readonly denies: readonly StatementExplained[];
  readonly allow:
    | { readonly type: "given" }
    | { readonly type: "missing"; readonly nearest: readonly StatementExplained[] };
}

/** Says why `evaluate` decides as it does, statement by statement. It costs more than the decision. */
export function explain(policies: readonly NamedPolicy[], request: AccessRequest): Explanation {
  const decision = evaluate(policies, request);
  const statements = policies.flatMap((policy) => explained(policy, request));
  return { decision, statements, needed: needed(decision, statements) };
}

function explained({ name, document }: NamedPolicy, request: AccessRequest): StatementExplained[] {
  const context = requestContext(request);
  return compile(document).map(({ effect, sid, checks }, statement) => ({
    policy: name,
    statement,
    ...(sid === undefined ? {} : { sid }),
    effect,
    unmet: checks
      .filter(({ holds }) => !holds(request, context))
      .map(({ says }) => ({ ...says, had: had(says, request, context) })),
  }));
}

function had(says: Said, request: AccessRequest, context: RequestContext): Unmet["had"] {
  switch (says.element) {
    case "Condition":
      return context(says.key);
    case "Action":
    case "NotAction":
      return request.action;
    case "Resource":
    case "NotResource":
      return request.resource;
    case "Principal":
    case "NotPrincipal":
      return nameOf(request.principal);
  }
}

function nameOf(principal: Principal): string {
  switch (principal.type) {
    case "anonymous":
      return "anonymous";
    case "service":
      return principal.service;
    case "aws":
      return principal.roleArn ?? principal.arn;
  }
}

function needed({ effect }: Decision, statements: readonly StatementExplained[]): Needed | undefined {
  if (effect === "allow") return undefined;
  const denies = statements.filter((each) => each.effect === "Deny" && each.unmet.length === 0);
  const allows = statements.filter((each) => each.effect === "Allow");
  const least = Math.min(...allows.map(({ unmet }) => unmet.length));
  if (least === 0) return { denies, allow: { type: "given" } };
  return {
    denies,
    allow: { type: "missing", nearest: allows.filter(({ unmet }) => unmet.length === least) },
  };
}
