import type { PolicyDocument, Statement } from "../document.ts";
import { listOf } from "../one-or-many.ts";
import { canBeginWith } from "./rest-of-pattern.ts";

type Named = { readonly name: string; readonly arn: string };

/** A statement of a service's own policy that is about other services only. */
export interface Misplaced {
  /** Counted from 0. */
  readonly statement: number;
  readonly sid?: string;
  readonly effect: Statement["Effect"];
  /** Names of the services that it means, as far as they are known; in the order of `others`. */
  readonly means: readonly string[];
}

/**
 * Statements that grant or deny nothing where they are: an auth policy on a service decides about calls of that service, and
 * these name other resources. The launch post of VPC Lattice does so, with what order may call in a policy on order.
 */
export function misplacedPolicy(
  service: Named,
  policy: PolicyDocument,
  others: readonly Named[],
): Misplaced[] {
  return listOf(policy.Statement).flatMap((statement, index) => {
    const resources = listOf(statement.Resource ?? []);
    if (resources.length === 0 || isAbout(statement, resources, service)) return [];
    const means = others.filter((other) => isAbout(statement, resources, other)).map(({ name }) => name);
    const { Sid: sid, Effect: effect } = statement;
    return [{ statement: index, ...(sid === undefined ? {} : { sid }), effect, means }];
  });
}

/** A call's resource is the service's ARN and the path; a connection's, the ARN alone. */
function isAbout({ Action }: Statement, resources: readonly string[], { arn }: Named): boolean {
  const connects = listOf(Action ?? "*").some((action) =>
    canBeginWith(action.toLowerCase(), "vpc-lattice-svcs:connect"),
  );
  return resources.some(
    (resource) => canBeginWith(resource, `${arn}/`) || (connects && canBeginWith(resource, arn)),
  );
}
