import type { Graph, Resource } from "@espalier/local-deploy";
import { parsePolicy, type Statement } from "@espalier/policy";

/** A role's name, who may assume it, and what it may do. */
export interface Role {
  readonly name: string;
  readonly trust: readonly Statement[];
  readonly statements: readonly Statement[];
}

/** All resources of a type: `aws:sqs/queue:Queue`. */
export function ofType(graph: Graph, type: string): Resource[] {
  return graph.resources.filter((resource) => resource.type === type);
}

/** The one resource of a type whose input has a value. */
export function the(graph: Graph, type: string, input: string, value: unknown): Resource {
  const found = ofType(graph, type).filter(({ inputs }) => inputs[input] === value);
  if (found.length !== 1) throw new Error(`${found.length} of ${type} with ${input} ${value}`);
  return found[0] as Resource;
}

/** Every role of a graph, its policies parsed as IAM parses them. */
export function roles(graph: Graph): Role[] {
  return ofType(graph, "aws:iam/role:Role").map(({ inputs }) => ({
    name: String(inputs.name),
    trust: statements(String(inputs.assumeRolePolicy)),
    statements: ((inputs.inlinePolicies ?? []) as { policy: string }[]).flatMap(({ policy }) =>
      statements(policy),
    ),
  }));
}

/** One or several, as a list. */
export function listed<T>(value: T | readonly T[] | undefined): readonly T[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value as T];
}

function statements(policy: string): readonly Statement[] {
  return listed(parsePolicy(policy).Statement);
}
