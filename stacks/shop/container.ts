import { arn } from "../arn.ts";
import { named } from "../names.ts";
import { policy, trusts } from "../permission.ts";
import { balancerAddresses, type Network } from "./network.ts";
import { containerPort, type SecurityGroups } from "./security-groups.ts";

/** One service of the shop in one version. */
export interface ContainerArgs {
  readonly cluster: sst.aws.Cluster;
  readonly network: Network;
  readonly groups: SecurityGroups;
  /** `InventoryV2`. */
  readonly name: string;
  /** Which of the fixed addresses its load balancer has. */
  readonly balancer: number;
  readonly environment: Record<string, string>;
}

/**
 * A Fargate service behind an internal network load balancer. Lattice knows no such load balancer as a target, hence the
 * fixed addresses, which are returned: they are what to register as IP targets.
 */
export function container(args: ContainerArgs): string[] {
  const addresses = balancerAddresses(args.balancer);
  const targetGroupArn = balancer(args, addresses);
  new sst.aws.Service(`Shop${args.name}`, {
    cluster: args.cluster,
    architecture: "arm64",
    cpu: "0.25 vCPU",
    memory: "0.5 GB",
    image: { context: ".", dockerfile: "packages/shop/Dockerfile" },
    command: ["node", "packages/shop/src/main.ts"],
    environment: { ...args.environment, PORT: String(containerPort) },
    logging: { name: logGroup(args.name), retention: "1 month" },
    transform: {
      taskRole: { assumeRolePolicy: trusts("ecs-tasks.amazonaws.com"), inlinePolicies: [] },
      executionRole: {
        assumeRolePolicy: trusts("ecs-tasks.amazonaws.com"),
        managedPolicyArns: [],
        inlinePolicies: [{ name: "inline", policy: pullsAndLogs(args.name) }],
      },
      service: {
        enableExecuteCommand: false,
        loadBalancers: [{ targetGroupArn, containerName: `Shop${args.name}`, containerPort }],
      },
    },
  });
  return addresses;
}

function balancer(
  { name, network, groups }: ContainerArgs,
  addresses: readonly string[],
): $util.Output<string> {
  const balancer = new aws.lb.LoadBalancer(`Shop${name}Balancer`, {
    name: named(name.toLowerCase()).slice(0, 32),
    internal: true,
    loadBalancerType: "network",
    enableCrossZoneLoadBalancing: true,
    securityGroups: [groups.balancers.id],
    subnetMappings: network.balancerSubnets.map((subnet, zone) => ({
      subnetId: subnet.id,
      privateIpv4Address: addresses[zone] as string,
    })),
  });
  const targets = new aws.lb.TargetGroup(`Shop${name}Targets`, {
    name: named(name.toLowerCase()).slice(0, 32),
    vpcId: network.vpc.id,
    targetType: "ip",
    protocol: "TCP",
    port: containerPort,
    preserveClientIp: "false",
    deregistrationDelay: 30,
    healthCheck: { protocol: "HTTP", path: "/health", interval: 10 },
  });
  const listener = new aws.lb.Listener(`Shop${name}Listener`, {
    loadBalancerArn: balancer.arn,
    protocol: "TCP",
    port: 80,
    defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
  });
  // ECS refuses a target group that no listener uses yet, so whoever asks for its ARN waits for the listener.
  return $util.all([targets.arn, listener.arn]).apply(([targetGroup]) => targetGroup);
}

/** What Fargate does before the container runs: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html */
function pullsAndLogs(name: string): $util.Output<string> {
  return policy([
    { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
    {
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
      resources: [arn("ecr", "repository/sst-asset")],
    },
    {
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [arn("logs", `log-group:${logGroup(name)}:*`)],
    },
  ]);
}

function logGroup(name: string): string {
  return `/ecs/${named(`shop-${name.toLowerCase()}`)}`;
}
