import type { Graph, Resource } from "../src/graph/graph.ts";

/** A resource with these inputs, called `name`. */
export function resource(type: string, name: string, inputs: Record<string, unknown> = {}): Resource {
  const urn = `urn:pulumi:test::espalier::${type}::${name}`;
  const outputs = { ...inputs, arn: `arn:${name}` };
  return { urn, type, name, custom: true, account: "123456789012", id: name, inputs, outputs };
}

/** A graph of these resources. */
export function graphOf(...resources: Resource[]): Graph {
  return {
    app: { name: "espalier", stage: "test" },
    account: "123456789012",
    region: "us-east-1",
    resources,
    outputs: {},
  };
}

/** A service of one container behind a load balancer that listens on port 80 of 10.0.10.10 and 10.0.11.10, unless told otherwise. */
export function containerGraph(
  name: string,
  command: string[],
  environment: Record<string, string> = {},
  balancer: Record<string, unknown> = {},
): Graph {
  const variables = Object.entries(environment).map(([name, value]) => ({ name, value }));
  return graphOf(
    resource("aws:lb/loadBalancer:LoadBalancer", `${name}-balancer`, {
      loadBalancerType: "network",
      subnetMappings: [{ privateIpv4Address: "10.0.10.10" }, { privateIpv4Address: "10.0.11.10" }],
      ...balancer,
    }),
    resource("aws:lb/listener:Listener", `${name}-listener`, {
      loadBalancerArn: `arn:${name}-balancer`,
      port: 80,
      defaultActions: [{ type: "forward", targetGroupArn: `arn:${name}-targets` }],
    }),
    resource("aws:ecs/taskDefinition:TaskDefinition", `${name}-task`, {
      containerDefinitions: JSON.stringify([{ name, command, environment: variables }]),
    }),
    resource("aws:ecs/service:Service", name, {
      name,
      taskDefinition: `arn:${name}-task`,
      loadBalancers: [{ targetGroupArn: `arn:${name}-targets`, containerPort: 8080 }],
    }),
  );
}
