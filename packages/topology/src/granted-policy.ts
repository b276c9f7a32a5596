import type { PolicyDocument, Statement } from "@espalier/policy";
import type { AuthPolicy } from "./document/auth-policy.ts";
import { type Grant, grantOf, type Who } from "./document/grant.ts";
import type { Reference } from "./references.ts";

/**
 * An auth policy as IAM has it. Short grants become as few statements as say the same: those that differ only in what
 * they are about are one, and so are those that differ only in their principal. In a network's policy a grant of no
 * service in particular looks at the path of the request, in whichever service: a Resource of `*` and the path would
 * match it further down too.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
 */
export function grantedPolicy(policy: AuthPolicy, holder: Reference): PolicyDocument {
  if ("Statement" in policy) return policy;
  const parts = (["allow", "deny"] as const).flatMap((list) =>
    policy[list].map((text) => partOf(list === "allow" ? "Allow" : "Deny", grant(text), holder)),
  );
  const about = merged(
    parts,
    ({ about, ...rest }) => rest,
    (one, other) => ({ ...one, about: union(one.about, other.about) }),
  );
  const by = merged(
    about,
    ({ principals, ...rest }) => [rest, principals.length],
    (one, other) => ({
      ...one,
      principals: union(one.principals, other.principals),
    }),
  );
  return { Version: "2012-10-17", Statement: by.map(statementOf) };
}

/** A statement in the making. */
interface Part {
  readonly effect: "Allow" | "Deny";
  /** None: everybody, as far as the conditions allow. */
  readonly principals: readonly string[];
  readonly conditions: readonly Condition[];
  /** Whether it is about resources or, of a whole network, about paths. */
  readonly kind: "resources" | "paths";
  readonly about: readonly string[];
}

type Condition = readonly [operator: string, key: string, value: string];

function grant(text: string): Grant {
  const read = grantOf(text);
  if (typeof read === "string") throw new TypeError(`${text}: ${read}`);
  return read;
}

function partOf(effect: Part["effect"], { who, method, path, of }: Grant, holder: Reference): Part {
  const service = of ?? (holder.kind === "service" ? holder.name : undefined);
  const methods: Condition[] = method ? [["StringEquals", "vpc-lattice-svcs:RequestMethod", method]] : [];
  return {
    effect,
    principals: who.type === "principal" ? [who.aws] : [],
    conditions: [...callers(who), ...methods],
    kind: service === undefined ? "paths" : "resources",
    about: [service === undefined ? path : `$\{service:${service}.arn}${path}`],
  };
}

function callers(who: Who): Condition[] {
  switch (who.type) {
    case "signed":
      return [["StringNotEquals", "aws:PrincipalType", "Anonymous"]];
    case "organization":
      return [["StringEquals", "aws:PrincipalOrgID", who.id]];
    case "vpc":
      return [["StringEquals", "vpc-lattice-svcs:SourceVpc", who.id]];
    default:
      return [];
  }
}

/** Parts that `same` answers the same for become one. */
function merged(
  parts: readonly Part[],
  same: (part: Part) => unknown,
  join: (one: Part, other: Part) => Part,
): Part[] {
  const groups = new Map<string, Part>();
  for (const part of parts) {
    const key = JSON.stringify(same(part));
    const before = groups.get(key);
    groups.set(key, before ? join(before, part) : part);
  }
  return [...groups.values()];
}

const union = (one: readonly string[], other: readonly string[]): string[] =>
  [...new Set([...one, ...other])].sort();

function statementOf({ effect, principals, conditions, kind, about }: Part): Statement {
  const everything = about.includes("/*");
  const paths: Condition[] =
    kind === "paths" && !everything
      ? about.map((path) => [
          about.some((one) => one.includes("*")) ? "StringLike" : "StringEquals",
          "vpc-lattice-svcs:RequestPath",
          path,
        ])
      : [];
  const condition = blockOf([...conditions, ...paths]);
  return {
    Effect: effect,
    Principal: principals.length === 0 ? "*" : { AWS: oneOrMany(principals) },
    Action: "vpc-lattice-svcs:Invoke",
    Resource: kind === "paths" ? "*" : oneOrMany(about),
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
}

function blockOf(conditions: readonly Condition[]): NonNullable<Statement["Condition"]> {
  const block: Record<string, Record<string, string[]>> = {};
  for (const [operator, key, value] of conditions) {
    const keys = block[operator] ?? {};
    block[operator] = { ...keys, [key]: [...(keys[key] ?? []), value] };
  }
  return Object.fromEntries(
    Object.entries(block).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, oneOrMany(values)])),
    ]),
  );
}

const oneOrMany = (values: readonly string[]): string | readonly string[] => {
  const [only, second] = values;
  return only !== undefined && second === undefined ? only : values;
};
