import { arn } from "../arn.ts";
import { named } from "../names.ts";
import { policy, trusts } from "../permission.ts";
import { containerPort } from "./security-groups.ts";

/** One service of the shop in one version. */
export interface ContainerArgs {
  readonly cluster: sst.aws.Cluster;
  /** `InventoryV2`. */
  readonly name: string;
  /** The load balancer's target group in which ECS registers the container; it has a listener. */
  readonly targetGroupArn: $util.Output<string>;
  readonly environment: Record<string, string>;
}

/** A Fargate service that stands behind a load balancer. */
export function container({ cluster, name, targetGroupArn, environment }: ContainerArgs): void {
  new sst.aws.Service(`Shop${name}`, {
    cluster,
    architecture: "arm64",
    cpu: "0.25 vCPU",
    memory: "0.5 GB",
    image: { context: ".", dockerfile: "packages/shop/Dockerfile" },
    command: ["node", "packages/shop/src/main.ts"],
    environment: { ...environment, PORT: String(containerPort) },
    logging: { name: logGroup(name), retention: "1 month" },
    transform: {
      taskRole: { assumeRolePolicy: trusts("ecs-tasks.amazonaws.com"), inlinePolicies: [] },
      executionRole: {
        assumeRolePolicy: trusts("ecs-tasks.amazonaws.com"),
        managedPolicyArns: [],
        inlinePolicies: [{ name: "inline", policy: pullsAndLogs(name) }],
      },
      service: {
        enableExecuteCommand: false,
        loadBalancers: [{ targetGroupArn, containerName: `Shop${name}`, containerPort }],
      },
    },
  });
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
