export { definition, type WorkflowName } from "./definition.ts";
export { type Entered, way } from "./way.ts";
