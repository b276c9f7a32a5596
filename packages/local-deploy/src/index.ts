export { type ContainerPlan, containerPlans } from "./containers/container-plan.ts";
export { type Containers, startContainers } from "./containers/start-containers.ts";
export { type Deployment, type DeployOptions, deploy } from "./deploy.ts";
export { DeployError } from "./deploy-error.ts";
export { Graph, Resource } from "./graph/graph.ts";
export { record } from "./pulumi-stand-in/record.ts";
