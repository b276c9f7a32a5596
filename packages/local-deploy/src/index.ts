export { Graph, Resource } from "./graph/graph.ts";
export { record } from "./pulumi-stand-in/record.ts";
