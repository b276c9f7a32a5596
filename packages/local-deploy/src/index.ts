export { type Deployment, type DeployOptions, deploy } from "./deploy.ts";
export { DeployError } from "./deploy-error.ts";
export { Graph, Resource } from "./graph/graph.ts";
export { instancePlans } from "./instances/instance-plans.ts";
export { containerPlans } from "./processes/container-plans.ts";
export { record } from "./pulumi-stand-in/record.ts";
