export { definition, type WorkflowName } from "./definition.ts";
