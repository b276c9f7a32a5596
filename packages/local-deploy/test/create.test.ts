import { type LocalAws, startLocalAws } from "@espalier/local-aws";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { create } from "../src/create/create.ts";
import type { Resource } from "../src/graph/graph.ts";
import { graphOf, resource } from "./graph-of.ts";

let aws: LocalAws;

beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.close());

const made = (...resources: Resource[]) =>
  create({ aws, graph: graphOf(...resources), bundleOf: (component) => component });

describe("creating a graph", () => {
  test("makes nothing of it when there is a type that it cannot make", async () => {
    const queue = resource("aws:sqs/queue:Queue", "orders", { name: "orders", messageRetentionSeconds: 60 });
    await expect(made(queue, resource("aws:sns/topic:Topic", "news"))).rejects.toThrow(
      "aws:sns/topic:Topic news: nothing here can make this type of resource",
    );
    const missing = aws.call("sqs", "GetQueueUrl", { QueueName: "orders" });
    await expect(missing).rejects.toMatchObject({ code: "QueueDoesNotExist" });
  });

  test("makes each resource in its account", async () => {
    const queue = resource("aws:sqs/queue:Queue", "there", { name: "there", messageRetentionSeconds: 60 });
    const there = "222222222222";
    const certificateArn = `arn:aws:acm:us-east-1:${there}:certificate/0123456789abcdef`;
    const certificate = resource("aws:acm/certificate:Certificate", "payment", {
      domainName: "payment.shop.example",
    });
    await made(
      { ...queue, account: there },
      { ...certificate, account: there, outputs: { arn: certificateArn } },
    );
    const root = { type: "root", account: there, arn: `arn:aws:iam::${there}:root` } as const;
    await expect(aws.callAs(root, "sqs", "GetQueueUrl", { QueueName: "there" })).resolves.toBeDefined();
    await expect(aws.call("sqs", "GetQueueUrl", { QueueName: "there" })).rejects.toMatchObject({
      code: "QueueDoesNotExist",
    });
    const { Certificate } = await aws.callAs(root, "acm", "DescribeCertificate", {
      CertificateArn: certificateArn,
    });
    expect(Certificate).toMatchObject({ DomainName: "payment.shop.example", Status: "ISSUED" });
  });

  test("describes load balancers, in the VPC of their subnets, and what they listen to", async () => {
    const subnet = { vpcId: "vpc-3", cidrBlock: "10.0.1.0/24", availabilityZone: "us-east-1b" };
    const inner = { internal: true, subnets: ["subnet-3"] };
    await made(
      resource("aws:ec2/subnet:Subnet", "subnet-3", subnet),
      resource("aws:lb/loadBalancer:LoadBalancer", "delivery", { name: "delivery", ...inner }),
      resource("aws:lb/listener:Listener", "http", {
        ...{ loadBalancerArn: "arn:delivery", protocol: "HTTP", port: 80, defaultActions: [] },
      }),
    );
    expect(await aws.call("elasticloadbalancing", "DescribeLoadBalancers", {})).toMatchObject({
      LoadBalancers: [{ LoadBalancerArn: "arn:delivery", Scheme: "internal", VpcId: "vpc-3" }],
    });
    const ofIt = { LoadBalancerArn: "arn:delivery" };
    expect(await aws.call("elasticloadbalancing", "DescribeListeners", ofIt)).toMatchObject({
      Listeners: [{ Protocol: "HTTP", Port: 80 }],
    });
  });

  test("lets EC2 tell of instances, in the VPC of their subnet", async () => {
    const subnet = { vpcId: "vpc-1", cidrBlock: "10.0.1.0/24", availabilityZone: "us-east-1b" };
    const subnetId = "subnet-1";
    await made(
      resource("aws:ec2/vpc:Vpc", "vpc-1", { cidrBlock: "10.0.0.0/16" }),
      resource("aws:ec2/subnet:Subnet", subnetId, subnet),
      resource("aws:ec2/instance:Instance", "i-1", { subnetId, userData: "" }),
    );
    expect(await aws.call("ec2", "DescribeInstances", {})).toMatchObject({
      Reservations: [{ Instances: [{ InstanceId: "i-1", VpcId: "vpc-1" }] }],
    });
  });

  test("names the resource and the input that it cannot follow", async () => {
    const table = resource("aws:dynamodb/table:Table", "rollouts", {
      name: "rollouts",
      billingMode: "PROVISIONED",
    });
    await expect(made(table)).rejects.toThrow("aws:dynamodb/table:Table rollouts: billingMode");
  });

  test("refuses a role with a managed policy, whose document is not known here", async () => {
    const role = resource("aws:iam/role:Role", "admin", {
      name: "admin",
      assumeRolePolicy: "{}",
      managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
    });
    await expect(made(role)).rejects.toThrow("aws:iam/role:Role admin: managedPolicyArns");
  });
});
