import type { AccessRequest } from "./access-request.ts";
import { conditionMatchers } from "./conditions/condition-matcher.ts";
import type { PolicyDocument, Statement } from "./document.ts";
import { listOf } from "./one-or-many.ts";
import { principalMatcher } from "./principal-matcher.ts";
import { type RequestContext, variablesOf } from "./request-context.ts";
import { template } from "./template.ts";

type Matcher = (request: AccessRequest, context: RequestContext) => boolean;

/** One thing that a statement says: an element, or one key of its Condition. */
export interface Check {
  readonly says: Said;
  readonly holds: Matcher;
}

/** What a check was made of, as the policy has it. */
export type Said =
  | { readonly element: Exclude<Element, "Condition">; readonly value: unknown }
  | {
      readonly element: "Condition";
      readonly operator: string;
      readonly key: string;
      readonly value: readonly string[];
    };

type Element =
  | "Principal"
  | "NotPrincipal"
  | "Action"
  | "NotAction"
  | "Resource"
  | "NotResource"
  | "Condition";

export interface CompiledStatement {
  readonly effect: "Allow" | "Deny";
  readonly sid: string | undefined;
  /** Each of them must hold. */
  readonly checks: readonly Check[];
  readonly applies: Matcher;
}

const compiled = new WeakMap<PolicyDocument, readonly CompiledStatement[]>();

/** The statements of a policy as functions. A document is compiled once; it must not be changed afterwards. */
export function compile(document: PolicyDocument): readonly CompiledStatement[] {
  const known = compiled.get(document);
  if (known) return known;
  // The version of 2008, which a policy without one has, takes `${…}` literally.
  const variables = document.Version === "2012-10-17";
  const statements = listOf(document.Statement).map((statement) => {
    const checks = checksOf(statement, variables);
    return {
      effect: statement.Effect,
      sid: statement.Sid,
      checks,
      applies: all(checks.map(({ holds }) => holds)),
    };
  });
  compiled.set(document, statements);
  return statements;
}

function checksOf(statement: Statement, variables: boolean): readonly Check[] {
  const { Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition } = statement;
  const checks: Check[] = [];
  const check = (element: Exclude<Element, "Condition">, value: unknown, holds: Matcher) =>
    checks.push({ says: { element, value }, holds });
  if (Action !== undefined) check("Action", Action, actionMatcher(Action));
  if (NotAction !== undefined) check("NotAction", NotAction, not(actionMatcher(NotAction)));
  if (Principal !== undefined) check("Principal", Principal, ofPrincipal(Principal));
  if (NotPrincipal !== undefined) check("NotPrincipal", NotPrincipal, not(ofPrincipal(NotPrincipal)));
  if (Resource !== undefined) check("Resource", Resource, resourceMatcher(Resource, variables));
  if (NotResource !== undefined)
    check("NotResource", NotResource, not(resourceMatcher(NotResource, variables)));
  for (const { holds, ...said } of conditionMatchers(Condition ?? {}, variables)) {
    checks.push({ says: { element: "Condition", ...said }, holds: (_, context) => holds(context) });
  }
  return checks;
}

function actionMatcher(actions: string | readonly string[]): Matcher {
  const patterns = listOf(actions).map((action) =>
    template(action, { variables: false, wildcards: true, ignoreCase: true }),
  );
  const nothing = () => undefined;
  return ({ action }) => patterns.some((matches) => matches(action, nothing));
}

function resourceMatcher(resources: string | readonly string[], variables: boolean): Matcher {
  const patterns = listOf(resources).map((resource) => template(resource, { variables, wildcards: true }));
  return ({ resource }, context) => patterns.some((matches) => matches(resource, variablesOf(context)));
}

function ofPrincipal(element: NonNullable<Statement["Principal"]>): Matcher {
  const matches = principalMatcher(element);
  return ({ principal }) => matches(principal);
}

function not(matcher: Matcher): Matcher {
  return (request, context) => !matcher(request, context);
}

function all(matchers: readonly Matcher[]): Matcher {
  return (request, context) => {
    for (const matches of matchers) if (!matches(request, context)) return false;
    return true;
  };
}
