import type { LocalAws } from "@espalier/local-aws";
import { accountIn } from "../account.ts";
import { DeployError } from "../deploy-error.ts";
import { certificate } from "./certificate.ts";
import type { Creator, Site } from "./creator.ts";
import { eventBus, eventRule, eventTarget, schedule, scheduleGroup } from "./events.ts";
import { role } from "./iam.ts";
import { invocation } from "./invocation.ts";
import { lambdaFunction, permission } from "./lambda.ts";
import { listener, loadBalancer } from "./load-balancer.ts";
import { instance, securityGroup, subnet, vpc } from "./network.ts";
import { queue, queuePolicy } from "./queues.ts";
import { stateMachine } from "./state-machine.ts";
import { table } from "./table.ts";
import { logGroup, metricAlarm, parameter } from "./watching.ts";

/** What is made, and where. */
export interface Plot extends Pick<Site, "graph" | "bundleOf"> {
  readonly aws: LocalAws;
  /** Hears what is about to be done that takes its time. */
  readonly onProgress?: (doing: string) => void;
}

/**
 * Makes all of a graph's resources, each after those it was made from. Answers what invoked functions answered, by the names
 * of their invocations. Throws DeployError for a type it cannot make.
 */
export async function create({
  aws,
  onProgress = () => {},
  ...plot
}: Plot): Promise<ReadonlyMap<string, unknown>> {
  const resources = plot.graph.resources.filter(({ custom }) => custom);
  for (const { type, name } of resources)
    if (!(type in creators))
      throw new DeployError(`${type} ${name}: nothing here can make this type of resource`);
  const answers = new Map<string, unknown>();
  for (const resource of resources) {
    const { type, name, account } = resource;
    if (type === "aws:lambda/invocation:Invocation") onProgress(`waiting for ${name}`);
    await creators[type]?.(resource, { ...plot, answers, aws: accountIn(aws, account) });
  }
  return answers;
}

const nothing: Creator = () => {};

const creators: Readonly<Record<string, Creator>> = {
  "aws:acm/certificate:Certificate": certificate,
  "aws:cloudwatch/eventBus:EventBus": eventBus,
  "aws:cloudwatch/eventRule:EventRule": eventRule,
  "aws:cloudwatch/eventTarget:EventTarget": eventTarget,
  "aws:cloudwatch/logGroup:LogGroup": logGroup,
  "aws:cloudwatch/metricAlarm:MetricAlarm": metricAlarm,
  "aws:dynamodb/table:Table": table,
  "aws:ec2/instance:Instance": instance,
  "aws:ec2/securityGroup:SecurityGroup": securityGroup,
  "aws:ec2/subnet:Subnet": subnet,
  "aws:ec2/vpc:Vpc": vpc,
  "aws:iam/role:Role": role,
  "aws:lambda/function:Function": lambdaFunction,
  "aws:lambda/invocation:Invocation": invocation,
  "aws:lambda/permission:Permission": permission,
  "aws:lb/listener:Listener": listener,
  "aws:lb/loadBalancer:LoadBalancer": loadBalancer,
  "aws:scheduler/schedule:Schedule": schedule,
  "aws:scheduler/scheduleGroup:ScheduleGroup": scheduleGroup,
  "aws:sfn/stateMachine:StateMachine": stateMachine,
  "aws:sqs/queue:Queue": queue,
  "aws:sqs/queuePolicy:QueuePolicy": queuePolicy,
  "aws:ssm/parameter:Parameter": parameter,

  // There are no packets to route or to admit: callers in a VPC reach Lattice through its loopback port.
  "aws:ec2/routeTable:RouteTable": nothing,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": nothing,
  "aws:ec2/vpcEndpoint:VpcEndpoint": nothing,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": nothing,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": nothing,

  // There is no DNS: Lattice is asked by name at a loopback port, and certificates are issued without proof.
  "aws:acm/certificateValidation:CertificateValidation": nothing,
  "aws:route53/record:Record": nothing,

  // Whose account a resource is in is known from it already.
  "pulumi:providers:aws": nothing,

  // These become processes together; see processes/.
  "aws:ecs/cluster:Cluster": nothing,
  "aws:ecs/service:Service": nothing,
  "aws:ecs/taskDefinition:TaskDefinition": nothing,
  "aws:lb/targetGroup:TargetGroup": nothing,
  // One process a service, from the sources themselves.
  "aws:appautoscaling/policy:Policy": nothing,
  "aws:appautoscaling/target:Target": nothing,
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": nothing,
  "docker-build:index:Image": nothing,

  // Part of the function it configures.
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": nothing,

  // Functions are made from the directories that SST bundled, not from what it would have uploaded.
  "aws:s3/bucketObjectv2:BucketObjectv2": nothing,
  "random:index/randomBytes:RandomBytes": nothing,
};
