import type { AccessRequest } from "./access-request.ts";
import { conditionMatcher } from "./conditions/condition-matcher.ts";
import type { PolicyDocument, Statement } from "./document.ts";
import { listOf } from "./one-or-many.ts";
import { principalMatcher } from "./principal-matcher.ts";
import { type RequestContext, variablesOf } from "./request-context.ts";
import { template } from "./template.ts";

type Matcher = (request: AccessRequest, context: RequestContext) => boolean;

export interface CompiledStatement {
  readonly effect: "Allow" | "Deny";
  readonly sid: string | undefined;
  readonly applies: Matcher;
}

const compiled = new WeakMap<PolicyDocument, readonly CompiledStatement[]>();

/** The statements of a policy as functions. A document is compiled once; it must not be changed afterwards. */
export function compile(document: PolicyDocument): readonly CompiledStatement[] {
  const known = compiled.get(document);
  if (known) return known;
  // The version of 2008, which a policy without one has, takes `${…}` literally.
  const variables = document.Version === "2012-10-17";
  const statements = listOf(document.Statement).map((statement) => ({
    effect: statement.Effect,
    sid: statement.Sid,
    applies: all(matchersOf(statement, variables)),
  }));
  compiled.set(document, statements);
  return statements;
}

function matchersOf(statement: Statement, variables: boolean): readonly Matcher[] {
  const { Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition } = statement;
  const matchers: Matcher[] = [];
  if (Action !== undefined) matchers.push(actionMatcher(Action));
  if (NotAction !== undefined) matchers.push(not(actionMatcher(NotAction)));
  if (Principal !== undefined) matchers.push(ofPrincipal(Principal));
  if (NotPrincipal !== undefined) matchers.push(not(ofPrincipal(NotPrincipal)));
  if (Resource !== undefined) matchers.push(resourceMatcher(Resource, variables));
  if (NotResource !== undefined) matchers.push(not(resourceMatcher(NotResource, variables)));
  if (Condition !== undefined) {
    const holds = conditionMatcher(Condition, variables);
    matchers.push((_, context) => holds(context));
  }
  return matchers;
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
