import type { z } from "zod";
import type { Account } from "../account.ts";
import { DeployError } from "../deploy-error.ts";
import type { Graph, Resource } from "../graph/graph.ts";

/** What a creator works with. */
export interface Site {
  /** The account in which the resource is made. */
  readonly aws: Account;
  readonly graph: Graph;
  /** The directory of a function's bundle, by the name of its component. */
  bundleOf(component: string): string;
  /** What invoked functions have answered, by the names of their invocations. */
  readonly answers: Map<string, unknown>;
}

/** Makes in the embedded AWS what one resource of the graph says. */
export type Creator = (resource: Resource, site: Site) => unknown;

/** A creator of resources whose inputs have this shape; throws DeployError, naming the resource, where they have not. */
export function creator<Inputs extends z.ZodType>(
  inputs: Inputs,
  create: (inputs: z.infer<Inputs>, resource: Resource, site: Site) => unknown,
): Creator {
  return (resource, site) => {
    const parsed = inputs.safeParse(resource.inputs);
    if (parsed.success) return create(parsed.data, resource, site);
    const issue = parsed.error.issues[0];
    throw new DeployError(
      `${resource.type} ${resource.name}: ${issue?.path.join(".")}: ${issue?.message}; this is not handled here`,
      { cause: parsed.error },
    );
  };
}

/** The name at the end of an ARN. */
export function nameIn(arn: string): string {
  return arn.slice(Math.max(arn.lastIndexOf(":"), arn.lastIndexOf("/")) + 1);
}
