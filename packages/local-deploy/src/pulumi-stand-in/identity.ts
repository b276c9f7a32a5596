import { createHash } from "node:crypto";
import { arnAt, type Place } from "../graph/place.ts";
import type { NewResource } from "./pulumi.ts";

type Properties = Record<string, unknown>;

/** The identity and state that a deployed resource would have. Throws for a type that it is not known for. */
export function identityOf(resource: NewResource, place: Place): { id: string; state: Properties } {
  const { type, name, inputs, custom } = resource;
  // A component has no identity of its own, and Pulumi's stack is one.
  if (!custom) return { id: "", state: inputs };
  const known = identities[type];
  if (!known) throw new Error(`the stand-in does not know the resource type ${type} (${name})`);
  const physical = { ...resource, inputs: { name, ...inputs } };
  const { id, ...state } = known(physical, place);
  return { id, state: { ...physical.inputs, tagsAll: inputs.tags ?? {}, region: place.region, ...state } };
}

type Identity = (resource: NewResource, place: Place) => { id: string } & Properties;

/** `id` is the name, as it is for most resources of AWS, and the ARN ends in `prefix` and the name. */
const byName =
  (service: string, prefix = ""): Identity =>
  ({ inputs }, place) => ({
    id: String(inputs.name),
    arn: arnAt(place, service, prefix + inputs.name),
  });

const byArn =
  (service: string, prefix: string): Identity =>
  ({ type, inputs }, place) => {
    const arn = arnAt(place, service, `${prefix}${inputs.name}/${hash(type + inputs.name, 16)}`);
    return { id: arn, arn };
  };

/** EC2 gives hexadecimal identifiers; these depend on the resource's name alone, so that they are the same next time. */
const byHash =
  (prefix: string): Identity =>
  ({ type, name }, place) => {
    const id = `${prefix}-${hash(type + name, 17)}`;
    return { id, arn: arnAt(place, "ec2", `${type.split(":").pop()?.toLowerCase()}/${id}`) };
  };

const anonymous: Identity = ({ name }) => ({ id: name });

const identities: Readonly<Record<string, Identity>> = {
  "aws:acm/certificate:Certificate": ({ type, name, inputs }, place) => {
    const id = arnAt(place, "acm", `certificate/${hash(type + name, 32)}`);
    const resourceRecordName = `_proof.${inputs.domainName}.`;
    const proof = { resourceRecordName, resourceRecordType: "CNAME", resourceRecordValue: "_proof.example." };
    return { id, arn: id, domainValidationOptions: [{ domainName: inputs.domainName, ...proof }] };
  },
  "aws:acm/certificateValidation:CertificateValidation": anonymous,
  "aws:appautoscaling/policy:Policy": anonymous,
  "aws:appautoscaling/target:Target": anonymous,
  "aws:cloudwatch/eventBus:EventBus": byName("events", "event-bus/"),
  "aws:cloudwatch/eventRule:EventRule": ({ inputs }, place) => {
    const path = inputs.eventBusName ? `${inputs.eventBusName}/${inputs.name}` : String(inputs.name);
    return { id: path, arn: arnAt(place, "events", `rule/${path}`) };
  },
  "aws:cloudwatch/eventTarget:EventTarget": anonymous,
  "aws:cloudwatch/logGroup:LogGroup": byName("logs", "log-group:"),
  "aws:cloudwatch/metricAlarm:MetricAlarm": byName("cloudwatch", "alarm:"),
  "aws:dynamodb/table:Table": byName("dynamodb", "table/"),
  "aws:ec2/instance:Instance": byHash("i"),
  "aws:ec2/routeTable:RouteTable": byHash("rtb"),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": byHash("rtbassoc"),
  "aws:ec2/securityGroup:SecurityGroup": byHash("sg"),
  "aws:ec2/subnet:Subnet": byHash("subnet"),
  "aws:ec2/vpc:Vpc": (resource, place) => {
    const { type, name, inputs } = resource;
    const block = `2600:1f18:${hash(type + name, 3)}:${hash(name, 2)}00::/56`;
    return {
      ...byHash("vpc")(resource, place),
      ...(inputs.assignGeneratedIpv6CidrBlock === true && { ipv6CidrBlock: block }),
    };
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": byHash("vpce"),
  "aws:ecs/cluster:Cluster": byName("ecs", "cluster/"),
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": anonymous,
  "aws:ecs/service:Service": byName("ecs", "service/"),
  "aws:ecs/taskDefinition:TaskDefinition": ({ inputs }, place) => ({
    id: String(inputs.family),
    arn: arnAt(place, "ecs", `task-definition/${inputs.family}:1`),
  }),
  "aws:iam/role:Role": ({ inputs }, { account }) => ({
    id: String(inputs.name),
    arn: `arn:aws:iam::${account}:role/${inputs.name}`,
  }),
  "aws:lambda/function:Function": byName("lambda", "function:"),
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": anonymous,
  // What a function will answer is not known before it is asked.
  "aws:lambda/invocation:Invocation": ({ name }) => ({ id: name, result: "" }),
  "aws:lambda/permission:Permission": ({ name }) => ({ id: name, statementId: name }),
  "aws:lb/listener:Listener": ({ type, name }, place) => {
    const arn = arnAt(place, "elasticloadbalancing", `listener/net/${name}/${hash(type + name, 16)}`);
    return { id: arn, arn };
  },
  "aws:lb/loadBalancer:LoadBalancer": (resource, place) => {
    const kind = resource.inputs.loadBalancerType === "network" ? "net" : "app";
    return byArn("elasticloadbalancing", `loadbalancer/${kind}/`)(resource, place);
  },
  "aws:lb/targetGroup:TargetGroup": byArn("elasticloadbalancing", "targetgroup/"),
  "aws:route53/record:Record": ({ name, inputs }) => ({ id: name, fqdn: String(inputs.name) }),
  "aws:s3/bucketObjectv2:BucketObjectv2": ({ inputs }) => ({ id: String(inputs.key) }),
  "aws:scheduler/schedule:Schedule": ({ inputs }, place) => {
    const path = `${inputs.groupName ?? "default"}/${inputs.name}`;
    return { id: path, arn: arnAt(place, "scheduler", `schedule/${path}`) };
  },
  "aws:scheduler/scheduleGroup:ScheduleGroup": byName("scheduler", "schedule-group/"),
  "aws:sfn/stateMachine:StateMachine": byName("states", "stateMachine:"),
  "aws:sqs/queue:Queue": ({ inputs }, place) => {
    const url = `https://sqs.${place.region}.amazonaws.com/${place.account}/${inputs.name}`;
    return { id: url, url, arn: arnAt(place, "sqs", String(inputs.name)) };
  },
  "aws:sqs/queuePolicy:QueuePolicy": anonymous,
  "aws:ssm/parameter:Parameter": byName("ssm", "parameter"),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": byHash("sgr"),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": byHash("sgr"),
  "pulumi:providers:aws": anonymous,
  "docker-build:index:Image": ({ name }) => ({
    id: name,
    digest: `sha256:${hash(name, 64)}`,
    ref: name,
  }),
  "random:index/randomBytes:RandomBytes": ({ name, inputs }) => {
    const bytes = createHash("shake256", { outputLength: Number(inputs.length) })
      .update(name)
      .digest();
    return { id: name, base64: bytes.toString("base64"), hex: bytes.toString("hex") };
  },
};

function hash(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}
