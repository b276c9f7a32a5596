import * as z from "zod";
import { DeployError } from "../deploy-error.ts";
import type { Graph, Resource } from "../graph/graph.ts";
import { ofType } from "../graph/of-type.ts";
import type { ProcessPlan } from "./process-plan.ts";

/**
 * The containers of a graph: an ECS service's single container, behind the listener and the load balancer that forward to the
 * service's target group. Throws DeployError for a service that is not made so.
 */
export function containerPlans(graph: Graph): ProcessPlan[] {
  return ofType(graph, "aws:ecs/service:Service").map((resource) => plan(graph, resource));
}

const Service = z.object({
  name: z.string(),
  taskDefinition: z.string(),
  loadBalancers: z.tuple([z.object({ targetGroupArn: z.string(), containerPort: z.number() })]),
});

const Containers = z.tuple([
  z.object({
    command: z.array(z.string()).min(1),
    environment: z.array(z.object({ name: z.string(), value: z.string() })),
  }),
]);

const Listener = z.object({ loadBalancerArn: z.string(), port: z.number() });

const Mapping = z.union([
  z.object({ ipv6Address: z.string() }).transform((at) => `[${at.ipv6Address}]`),
  z.object({ privateIpv4Address: z.string() }).transform((at) => at.privateIpv4Address),
]);

const Balancer = z.discriminatedUnion("loadBalancerType", [
  z.object({ loadBalancerType: z.literal("network"), subnetMappings: z.array(Mapping).min(1) }),
  z.object({ loadBalancerType: z.literal("application") }),
]);

function plan(graph: Graph, resource: Resource): ProcessPlan {
  const service = parsed(Service, resource);
  const task = found(resource, ofType(graph, "aws:ecs/taskDefinition:TaskDefinition"), (task) =>
    arnIs(task, service.taskDefinition),
  );
  const [container] = Containers.parse(JSON.parse(String(task.inputs.containerDefinitions)));
  const forwarder = found(resource, ofType(graph, "aws:lb/listener:Listener"), (listener) =>
    JSON.stringify(listener.inputs.defaultActions).includes(service.loadBalancers[0].targetGroupArn),
  );
  const listener = parsed(Listener, forwarder);
  const balancer = found(resource, ofType(graph, "aws:lb/loadBalancer:LoadBalancer"), (balancer) =>
    arnIs(balancer, listener.loadBalancerArn),
  );
  return {
    name: service.name,
    command: container.command,
    environment: Object.fromEntries(container.environment.map(({ name, value }) => [name, value])),
    targets: hosts(balancer).map((host) => `${host}:${listener.port}`),
  };
}

function hosts(resource: Resource): string[] {
  const balancer = parsed(Balancer, resource);
  return balancer.loadBalancerType === "network" ? balancer.subnetMappings : [String(resource.outputs.arn)];
}

function arnIs(resource: Resource, arn: string): boolean {
  return resource.outputs.arn === arn;
}

function found(owner: Resource, among: readonly Resource[], is: (one: Resource) => boolean): Resource {
  const one = among.find(is);
  if (!one) throw new DeployError(`${owner.name}: it has no task definition or nothing forwards to it`);
  return one;
}

function parsed<Inputs extends z.ZodType>(inputs: Inputs, resource: Resource): z.infer<Inputs> {
  const result = inputs.safeParse(resource.inputs);
  if (result.success) return result.data;
  throw new DeployError(`${resource.name}: ${z.prettifyError(result.error)}`, { cause: result.error });
}
