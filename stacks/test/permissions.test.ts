import type { Graph } from "@espalier/local-deploy";
import { beforeAll, describe, expect, test } from "vitest";
import { listed, ofType, type Role, roles } from "./in-graph.ts";
import { recordStacks } from "./record-stacks.ts";
import { withoutResource } from "./without-resource.ts";

let graph: Graph;
let all: Role[];

beforeAll(async () => {
  graph = await recordStacks({ shop: true });
  all = roles(graph);
});

const suffix = (condition: unknown) => (condition === undefined ? "" : ` if ${JSON.stringify(condition)}`);

/** `action on resource` of everything that a role may do besides writing its own log and its dead letters. */
function may(name: string): string[] {
  const role = all.find((role) => role.name === `espalier-test-${name}`);
  if (!role) throw new Error(`no role ${name}`);
  return role.statements
    .flatMap(({ Action, Resource, Condition }) =>
      listed(Action).flatMap((action) =>
        listed(Resource).map((resource) => `${action} on ${resource}${suffix(Condition)}`),
      ),
    )
    .filter((permission) => !/^logs:|^sqs:SendMessage/.test(permission))
    .map((permission) => permission.replace(/arn:aws:[\w-]+:us-east-1:123456789012:/, ""))
    .sort();
}

/** What is before the id in an ARN's resource: `subnet` of `arn:aws:ec2:us-east-1:123456789012:subnet/*`. */
const typeOf = (arn: string) => arn.split(":").slice(5).join(":").split(/[/:]/)[0] ?? "";

const on = (resource: string, ...actions: string[]) => actions.map((action) => `${action} on ${resource}`);

const table = "table/espalier-test-rollouts";
const routes = [
  ...on("*", "vpc-lattice:ListListeners", "vpc-lattice:ListRules"),
  ...on("service/*/listener/*", "vpc-lattice:GetListener", "vpc-lattice:GetRule"),
];
const weights = on("service/*/listener/*", "vpc-lattice:UpdateListener", "vpc-lattice:UpdateRule");
const tells = on("event-bus/espalier-test-bus", "events:PutEvents");
const directory = [
  ...on("*", "vpc-lattice:ListServices", "vpc-lattice:ListTargetGroups", "vpc-lattice:ListTagsForResource"),
  ...on("service/*", "vpc-lattice:GetService"),
  ...on("targetgroup/*", "vpc-lattice:GetTargetGroup", "vpc-lattice:ListTargets"),
];
const lattice = (resource: string, ...actions: string[]) =>
  on(resource, ...actions.map((action) => `vpc-lattice:${action}`));
const changes = (noun: string) => ["Create", "Update", "Delete"].map((verb) => `${verb}${noun}`);
const groups = [
  ...lattice("*", "ListTargetGroups", "ListTagsForResource"),
  ...lattice("targetgroup/*", "GetTargetGroup", "ListTargets"),
];
/** Things done to the groups that Espalier made, and to no others. */
const ofMade = (...actions: string[]) =>
  lattice("targetgroup/*", ...actions).map(
    (permission) => `${permission} if {"Null":{"aws:ResourceTag/espalier:made-for":["false"]}}`,
  );
const forLattice = '{"StringEquals":{"lambda:Principal":["vpc-lattice.amazonaws.com"]}}';
const wakes = on("*", "states:SendTaskSuccess");
/** What an apply may do to a thing that has a policy: change it, tag it, give it the policy. */
const applied = (type: string, noun: string, policy: string) =>
  lattice(`${type}/*`, ...changes(noun), "TagResource", `Put${policy}`, `Delete${policy}`);
/** A service joins networks of other accounts too. */
const anyonesNetwork = "arn:aws:vpc-lattice:us-east-1:*:servicenetwork/*";
const shared =
  '{"StringEquals":{"ram:RequestedResourceType":["vpc-lattice:ServiceNetwork","vpc-lattice:Service"]}}';
const ofTopologies = '{"Null":{"aws:ResourceTag/espalier:topology":["false"]}}';
const shares = [
  `ram:CreateResourceShare on * if ${shared}`,
  ...["Associate", "Disassociate", "Delete"].map(
    (verb) => `ram:${verb}ResourceShare on resource-share/* if ${ofTopologies}`,
  ),
];
const urls = "parameter/espalier/test/services";
/** What a function in a VPC needs for its interface there. */
const interfaces = [
  ...on("*", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"),
  ...on("network-interface/*", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface"),
  ...on("network-interface/*", "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"),
  ...on("subnet/*", "ec2:CreateNetworkInterface"),
  ...on("security-group/*", "ec2:CreateNetworkInterface"),
];
/** Becoming the role as which the topology of payment's account is made. */
const asPayment = on("arn:aws:iam::222222222222:role/espalier-test-payment-topology", "sts:AssumeRole");
const items = (...actions: string[]) => on(table, ...actions.map((action) => `dynamodb:${action}`));

/** Everything that a topology document can name. */
const topology = [
  ...directory,
  ...routes,
  ...lattice("*", "ListServiceNetworks", "ListServiceNetworkServiceAssociations"),
  ...lattice("*", "ListServiceNetworkVpcAssociations"),
  ...lattice("servicenetwork/*", "GetServiceNetwork", "GetAuthPolicy"),
  ...lattice("service/*", "GetAuthPolicy"),
  ...lattice("servicenetworkvpcassociation/*", "GetServiceNetworkVpcAssociation"),
  ...lattice("*", "ListAccessLogSubscriptions"),
  ...on("*", "ram:GetResourceShareAssociations", "ram:GetResourceShares"),
  ...on("function:*", "lambda:GetPolicy"),
];

describe("permissions", () => {
  test("name their actions, none by a wildcard", () => {
    const vague = all.flatMap(({ name, statements }) =>
      statements
        .filter(({ Action, NotAction }) => NotAction || listed(Action).some((action) => action.includes("*")))
        .map((statement) => ({ name, statement })),
    );
    expect(vague).toEqual([]);
  });

  test("name their resources, except for actions that have none", () => {
    const unbounded = all.flatMap(({ name, statements }) =>
      statements
        .filter(({ Resource, NotResource }) => NotResource || listed(Resource).includes("*"))
        .flatMap(({ Action }) => listed(Action))
        .filter((action) => !(action in withoutResource))
        .map((action) => `${name}: ${action}`),
    );
    expect(unbounded).toEqual([]);
  });

  test("name the type of each resource", () => {
    const untyped = all.flatMap(({ name, statements }) =>
      statements
        .flatMap(({ Resource }) => listed(Resource))
        .filter((resource) => resource !== "*" && typeOf(resource).includes("*"))
        .map((resource) => `${name}: ${resource}`),
    );
    expect(untyped).toEqual([]);
  });

  test("are granted by no managed policy", () => {
    const managed = ofType(graph, "aws:iam/role:Role").flatMap(
      ({ inputs }) => inputs.managedPolicyArns ?? [],
    );
    expect(managed).toEqual([]);
  });

  test("are granted by every exception that the list names", () => {
    const granted = new Set(
      all.flatMap(({ statements }) => statements.flatMap(({ Action }) => listed(Action))),
    );
    expect(Object.keys(withoutResource).filter((action) => !granted.has(action))).toEqual([]);
  });

  test.for<[string, string[]]>([
    [
      "admit",
      [
        ...items("DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"),
        ...directory,
        ...routes,
        ...ofMade("TagResource"),
        ...on("*", "cloudwatch:DescribeAlarms", "cloudwatch:GetMetricData", "cloudwatch:ListMetrics"),
        ...on("function:*", "lambda:GetFunctionConfiguration"),
        ...wakes,
        ...tells,
      ],
    ],
    [
      "prepare-candidate",
      [
        ...items("GetItem", "Query"),
        ...routes,
        ...groups,
        ...lattice("targetgroup/*", "CreateTargetGroup"),
        'vpc-lattice:TagResource on targetgroup/* if {"StringEquals":{"vpc-lattice:CreateAction":["CreateTargetGroup"]}}',
        ...ofMade("TagResource", "UpdateTargetGroup", "RegisterTargets", "DeregisterTargets"),
        ...on("*", "ec2:DescribeInstances", "ec2:DescribeSubnets", "ec2:DescribeVpcs"),
        ...on("*", "elasticloadbalancing:DescribeLoadBalancers"),
        ...on("function:*", "lambda:GetFunction"),
        `lambda:AddPermission on function:* if ${forLattice}`,
      ],
    ],
    [
      "sweep-leftovers",
      [
        ...items("DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"),
        ...on(`${table}/index/list`, "dynamodb:Query"),
        ...on("execution:espalier-test-rollout:*", "states:DescribeExecution"),
        ...routes,
        ...weights,
        ...groups,
        ...ofMade("DeleteTargetGroup", "DeregisterTargets"),
        `lambda:RemovePermission on function:* if ${forLattice}`,
        ...wakes,
        ...tells,
      ],
    ],
    [
      "collect-metrics",
      on("*", "cloudwatch:DescribeAlarms", "cloudwatch:GetMetricData", "cloudwatch:ListMetrics"),
    ],
    ["decide", [...items("GetItem", "PutItem", "Query", "UpdateItem"), ...tells]],
    [
      "shift-weights",
      [
        ...items("GetItem", "Query"),
        ...routes,
        ...weights,
        ...lattice("service/*/listener/*", "CreateRule", "DeleteRule", "TagResource"),
      ],
    ],
    [
      "run-hook",
      [
        ...items("Query"),
        ...on("function:espalier-hook-*", "lambda:InvokeFunction"),
        'vpc-lattice-svcs:Invoke on service/* if {"StringEquals":{"vpc-lattice-svcs:RequestMethod":["POST"]}}',
        ...interfaces,
      ],
    ],
    [
      "roll-back",
      [
        ...items("GetItem", "PutItem", "Query", "UpdateItem"),
        ...directory,
        ...routes,
        ...weights,
        ...lattice("service/*/listener/*", "DeleteRule"),
        ...tells,
      ],
    ],
    [
      "settle",
      [
        ...items("DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"),
        ...on(`${table}/index/list`, "dynamodb:Query"),
        ...routes,
        ...lattice("service/*/listener/*", "DeleteRule"),
        ...wakes,
        ...tells,
      ],
    ],
    ["take-up", items("GetItem", "UpdateItem")],
    ["receive-alarm", [...items("GetItem", "Query", "UpdateItem"), ...wakes]],
    [
      "receive-freeze",
      [...items("PutItem", "UpdateItem"), ...on(`${table}/index/list`, "dynamodb:Query"), ...tells, ...wakes],
    ],
    ["receive-command", [...items("GetItem", "UpdateItem"), ...tells, ...on("*", "states:SendTaskSuccess")]],
    [
      "plan-topology",
      [
        ...items("GetItem", "PutItem", "Query"),
        ...topology,
        ...on("*", "cloudwatch:GetMetricData"),
        ...on("parameter/*", "ssm:GetParameters"),
        ...asPayment,
      ],
    ],
    [
      "check-drift",
      [
        ...items("DeleteItem", "GetItem", "PutItem", "Query"),
        ...on(`${table}/index/list`, "dynamodb:Query"),
        ...topology,
        ...tells,
        ...asPayment,
      ],
    ],
    ["request-topology", [...items("Query"), ...tells, ...asPayment]],
    ["shop-customers", on("service/*/orders", "vpc-lattice-svcs:Invoke")],
    [
      "follow-topology",
      [
        ...items("PutItem", "Query"),
        ...lattice("*", "ListServices", "ListTargetGroups", "ListServiceNetworkServiceAssociations"),
        ...lattice("*", "ListServiceNetworkVpcAssociations"),
        ...lattice("targetgroup/*", "ListTargets"),
        ...asPayment,
      ],
    ],
    [
      "write-service-urls",
      [
        ...items("Query"),
        ...on(`${urls}/*`, "ssm:PutParameter", "ssm:DeleteParameter"),
        ...on(urls, "ssm:GetParametersByPath"),
      ],
    ],
    [
      "settle-dead-runs",
      [
        ...items("DeleteItem", "PutItem", "Query", "UpdateItem"),
        ...on(`${table}/index/list`, "dynamodb:Query"),
        ...on("execution:espalier-test-provision:*", "states:DescribeExecution"),
        ...wakes,
        ...tells,
      ],
    ],
    [
      "apply-topology",
      [
        ...items("GetItem", "PutItem", "Query"),
        ...routes,
        ...applied("servicenetwork", "ServiceNetwork", "AuthPolicy"),
        ...applied("service", "Service", "AuthPolicy"),
        ...lattice("service/*/listener/*", ...changes("Listener"), ...changes("Rule")),
        ...lattice("targetgroup/*", ...changes("TargetGroup"), "RegisterTargets", "DeregisterTargets"),
        ...["servicenetworkserviceassociation/*", anyonesNetwork, "service/*"].flatMap((resource) =>
          lattice(
            resource,
            "CreateServiceNetworkServiceAssociation",
            "DeleteServiceNetworkServiceAssociation",
          ),
        ),
        ...["servicenetworkvpcassociation/*", "servicenetwork/*"].flatMap((resource) =>
          lattice(resource, ...changes("ServiceNetworkVpcAssociation")),
        ),
        ...["targetgroup/*", "servicenetworkserviceassociation/*", "servicenetworkvpcassociation/*"].flatMap(
          (resource) => lattice(resource, "TagResource"),
        ),
        ...lattice("accesslogsubscription/*", ...changes("AccessLogSubscription"), "TagResource"),
        ...shares,
        ...lattice("servicenetwork/*", "GetServiceNetwork"),
        ...lattice("service/*", "GetService"),
        ...on("*", "ec2:DescribeInstances", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets"),
        ...on("*", "ec2:DescribeVpcs", "elasticloadbalancing:DescribeLoadBalancers"),
        ...on("function:*", "lambda:GetFunction"),
        `lambda:AddPermission on function:* if ${forLattice}`,
        ...asPayment,
      ],
    ],
    [
      "sweep",
      [
        ...items("DeleteItem", "GetItem", "Query", "UpdateItem"),
        ...on(`${table}/index/list`, "dynamodb:Query"),
        ...on("stateMachine:espalier-test-rollout", "states:StartExecution"),
        ...wakes,
        ...tells,
        ...on("execution:espalier-test-rollout:*", "states:DescribeExecution"),
        ...on("execution:espalier-test-provision:*", "states:DescribeExecution"),
      ],
    ],
    [
      "order",
      [
        ...[urls, `${urls}/*`].flatMap((path) =>
          on(path, "ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"),
        ),
        ...on("service/*", "vpc-lattice-svcs:Invoke"),
        ...on("arn:aws:vpc-lattice:us-east-1:222222222222:service/*", "vpc-lattice-svcs:Invoke"),
        ...interfaces,
      ],
    ],
    ["settle-topology", [...items("DeleteItem", "PutItem", "Query", "UpdateItem"), ...wakes, ...tells]],
    [
      "recover",
      [
        ...items("GetItem", "UpdateItem"),
        ...on(`${table}/index/list`, "dynamodb:Query"),
        ...on("stateMachine:espalier-test-rollout", "states:StartExecution"),
        ...tells,
      ],
    ],
  ])("of %s are exactly these", ([name, expected]) => {
    expect(may(name)).toEqual(expected.toSorted());
  });

  test("to change weights are held by four functions only, and by what makes payment's topology", () => {
    const writers = all
      .filter(({ statements }) =>
        statements.some(({ Action }) => listed(Action).includes("vpc-lattice:UpdateRule")),
      )
      .map(({ name }) => name);
    expect(writers.sort()).toEqual([
      "espalier-test-apply-topology",
      // In its own account.
      "espalier-test-payment-topology",
      "espalier-test-roll-back",
      "espalier-test-shift-weights",
      "espalier-test-sweep-leftovers",
    ]);
  });

  test("of the rollout workflow are its functions, its own item and its next execution", () => {
    const functions = ["admit", "collect-metrics", "decide", "prepare-candidate", "roll-back", "run-hook"];
    const more = ["settle", "shift-weights", "take-up"];
    expect(may("rollout-workflow")).toEqual([
      ...items("UpdateItem"),
      ...[...functions, ...more].map((name) => `lambda:InvokeFunction on function:espalier-test-${name}`),
      ...on("stateMachine:espalier-test-rollout", "states:StartExecution"),
    ]);
  });
});

describe("a role", () => {
  test("is assumed by one AWS service and by nobody else, but for the customers' and that of payment's account", () => {
    const others = ["espalier-test-shop-customers", "espalier-test-payment-topology"];
    const [ours, theirs] = [true, false].map((service) =>
      all.filter(({ name }) => others.includes(name) !== service),
    ) as [Role[], Role[]];
    for (const { name, trust } of theirs) expect(trust[0]?.Principal, name).toHaveProperty("AWS");
    for (const { name, trust } of ours) {
      expect(trust, name).toHaveLength(1);
      expect(trust[0], name).toEqual({
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: expect.stringMatching(/^[\w-]+\.amazonaws\.com$/) },
      });
    }
  });

  test("serves one function, workflow, rule or schedule", () => {
    const users = graph.resources
      .filter(({ type }) => type !== "aws:iam/role:Role")
      .flatMap(({ inputs }) => [
        inputs.role,
        inputs.roleArn,
        (inputs.target as { roleArn?: string })?.roleArn,
      ])
      .filter((arn) => arn !== undefined);
    expect(users).toHaveLength(new Set(users).size);
  });
});
