import type { LocalAws } from "@espalier/local-aws";
import { type Account, accountIn } from "../account.ts";
import type { Graph, Resource } from "../graph/graph.ts";
import { takeDown } from "./invocation.ts";

export interface Removal {
  readonly aws: LocalAws;
  readonly graph: Graph;
  /** Hears what is about to be done that takes its time. */
  readonly onProgress?: (doing: string) => void;
}

/**
 * Takes down what was made of a graph, each resource before those it was made from: what a deployment asked for by
 * invocations goes first, and what that stood on after it. Throws DeployError where it cannot be taken down, leaving the rest.
 */
export async function remove({ aws, graph, onProgress = () => {} }: Removal): Promise<void> {
  for (const resource of graph.resources.filter(({ custom }) => custom).reverse()) {
    const { type, name, account } = resource;
    if (type === "aws:lambda/invocation:Invocation") onProgress(`waiting for ${name} to be taken down`);
    await removers[type]?.(resource, accountIn(aws, account));
  }
}

type Remover = (resource: Resource, account: Account) => unknown;

/** Deletes by an operation whose input follows from what the resource was made with. */
const by =
  (
    service: Parameters<Account["call"]>[0],
    operation: string,
    input: (inputs: Resource["inputs"], outputs: Resource["outputs"]) => Record<string, unknown>,
  ): Remover =>
  ({ inputs, outputs }, aws) =>
    aws.call(service, operation, input(inputs, outputs));

const network: Remover = ({ id }, { ec2 }) => ec2.remove(id);
const balancing: Remover = ({ outputs }, { elb }) => elb.remove(String(outputs.arn));

/** What is not here leaves nothing behind, or goes with what it is a part of. */
const removers: Readonly<Record<string, Remover>> = {
  "aws:acm/certificate:Certificate": by("acm", "DeleteCertificate", (_, { arn }) => ({
    CertificateArn: arn,
  })),
  "aws:cloudwatch/eventBus:EventBus": by("events", "DeleteEventBus", ({ name }) => ({ Name: name })),
  "aws:cloudwatch/eventRule:EventRule": by("events", "DeleteRule", ({ name, eventBusName }) => ({
    Name: name,
    EventBusName: eventBusName,
  })),
  "aws:cloudwatch/eventTarget:EventTarget": by("events", "RemoveTargets", (inputs) => ({
    Rule: inputs.rule,
    EventBusName: inputs.eventBusName,
    Ids: [inputs.targetId],
  })),
  "aws:cloudwatch/logGroup:LogGroup": by("logs", "DeleteLogGroup", ({ name }) => ({ logGroupName: name })),
  "aws:cloudwatch/metricAlarm:MetricAlarm": by("monitoring", "DeleteAlarms", ({ name }) => ({
    AlarmNames: [name],
  })),
  "aws:dynamodb/table:Table": by("dynamodb", "DeleteTable", ({ name }) => ({ TableName: name })),
  "aws:ec2/instance:Instance": network,
  "aws:ec2/securityGroup:SecurityGroup": network,
  "aws:ec2/subnet:Subnet": network,
  "aws:ec2/vpc:Vpc": network,
  "aws:iam/role:Role": ({ inputs }, { iam }) => iam.deleteRole(String(inputs.name)),
  "aws:lambda/function:Function": ({ inputs }, { lambda }) => lambda.deleteFunction(String(inputs.name)),
  "aws:lambda/invocation:Invocation": takeDown,
  "aws:lb/listener:Listener": balancing,
  "aws:lb/loadBalancer:LoadBalancer": balancing,
  "aws:scheduler/schedule:Schedule": by("scheduler", "DeleteSchedule", ({ name, groupName }) => ({
    Name: name,
    GroupName: groupName,
  })),
  "aws:scheduler/scheduleGroup:ScheduleGroup": by("scheduler", "DeleteScheduleGroup", ({ name }) => ({
    Name: name,
  })),
  "aws:sfn/stateMachine:StateMachine": by("states", "DeleteStateMachine", (_, { arn }) => ({
    stateMachineArn: arn,
  })),
  "aws:sqs/queue:Queue": async ({ inputs }, aws) => {
    const { QueueUrl } = await aws.call("sqs", "GetQueueUrl", { QueueName: inputs.name });
    await aws.call("sqs", "DeleteQueue", { QueueUrl });
  },
  "aws:ssm/parameter:Parameter": by("ssm", "DeleteParameter", ({ name }) => ({ Name: name })),
};
