import type { GuardedService } from "../access/premises.ts";
import type { PolicyDocument, Statement } from "../document.ts";
import { generalisePaths, type PathPattern } from "./generalise-paths.ts";
import { seenCaller } from "./seen-caller.ts";
import type { Seen } from "./seen-request.ts";

/** A policy that allows what was seen, and for each of its statements whom it lets in and how many requests it covers. */
export interface Suggestion {
  /** Undefined where nothing was seen that was allowed. */
  readonly policy: PolicyDocument | undefined;
  readonly covers: readonly { readonly caller: string; readonly requests: number }[];
}

/**
 * The least auth policy of a service that allows the requests that were seen and let in: by caller, method and path. `roles` are
 * ARNs in which the paths of roles are looked up.
 */
export function suggestPolicy(
  service: Pick<GuardedService, "arn">,
  seen: readonly Seen[],
  roles: readonly string[],
): Suggestion {
  const used = seen.filter((request) => request.allowed && request.service === service.arn);
  const statements = [...Map.groupBy(used, ({ caller }) => caller)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([caller, requests]) => statementsFor(service.arn, caller, requests, roles));
  return {
    policy:
      statements.length === 0
        ? undefined
        : { Version: "2012-10-17", Statement: statements.map(({ statement }) => statement) },
    covers: statements.map(({ caller, requests }) => ({ caller, requests })),
  };
}

/** One statement for each set of methods: patterns that take the same ones stand together. */
function statementsFor(
  arn: string,
  caller: string,
  requests: readonly Seen[],
  roles: readonly string[],
): { statement: Statement; caller: string; requests: number }[] {
  const { name, principal } = seenCaller(caller, roles);
  const vpcs = [...new Set(requests.flatMap(({ sourceVpc }) => sourceVpc ?? []))].sort();
  const unsigned =
    principal.type === "anonymous"
      ? {
          "aws:PrincipalType": "Anonymous",
          ...(vpcs.length > 0 ? { "vpc-lattice-svcs:SourceVpc": vpcs } : {}),
        }
      : {};
  const Principal = principal.type === "aws" ? { AWS: principal.arn } : ("*" as const);
  return byMethods(requests).map(({ methods, patterns }) => ({
    caller: name,
    requests: patterns.reduce((sum, { count }) => sum + count, 0),
    statement: {
      Effect: "Allow",
      Principal,
      Action: "vpc-lattice-svcs:Invoke",
      Resource: oneOrMany([...new Set(patterns.map(({ pattern }) => `${arn}${pattern}`))]),
      Condition: { StringEquals: { "vpc-lattice-svcs:RequestMethod": oneOrMany(methods), ...unsigned } },
    },
  }));
}

function byMethods(requests: readonly Seen[]): { methods: string[]; patterns: PathPattern[] }[] {
  const found = [...Map.groupBy(requests, ({ method }) => method)].flatMap(([method, same]) =>
    generalisePaths(same).map((each) => ({ ...each, method })),
  );
  const patterns = [...Map.groupBy(found, ({ pattern }) => pattern).values()].map((same) => ({
    methods: same.map(({ method }) => method).sort(),
    patterns: same,
  }));
  return [...Map.groupBy(patterns, ({ methods }) => methods.join()).values()].map((same) => ({
    methods: same[0]?.methods ?? [],
    patterns: same.flatMap((each) => each.patterns),
  }));
}

const oneOrMany = (values: string[]) => (values.length === 1 && values[0] !== undefined ? values[0] : values);
