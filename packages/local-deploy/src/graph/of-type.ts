import type { Graph, Resource } from "./graph.ts";

/** All resources of a type: `aws:sqs/queue:Queue`. */
export function ofType(graph: Graph, type: string): Resource[] {
  return graph.resources.filter((resource) => resource.type === type);
}
