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

/** `action on resource` of everything that a role may do besides writing its own log and its dead letters. */
function may(name: string): string[] {
  const role = all.find((role) => role.name === `espalier-test-${name}`);
  if (!role) throw new Error(`no role ${name}`);
  return role.statements
    .flatMap(({ Action, Resource }) =>
      listed(Action).flatMap((action) => listed(Resource).map((resource) => `${action} on ${resource}`)),
    )
    .filter((permission) => !/^logs:|^sqs:SendMessage/.test(permission))
    .map((permission) => permission.replace(/arn:aws:[\w-]+:us-east-1:123456789012:/, ""))
    .sort();
}

const on = (resource: string, ...actions: string[]) => actions.map((action) => `${action} on ${resource}`);

const table = "table/espalier-test-rollouts";
const routes = [
  ...on("*", "vpc-lattice:ListListeners", "vpc-lattice:ListRules"),
  ...on("service/*/listener/*", "vpc-lattice:GetListener", "vpc-lattice:GetRule"),
];
const weights = on("service/*/listener/*", "vpc-lattice:UpdateListener", "vpc-lattice:UpdateRule");
const tells = on("event-bus/espalier-test-bus", "events:PutEvents");
const items = (...actions: string[]) => on(table, ...actions.map((action) => `dynamodb:${action}`));

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
    ["collect-metrics", on("*", "cloudwatch:GetMetricData", "cloudwatch:ListMetrics")],
    ["decide", [...items("PutItem", "Query", "UpdateItem"), ...tells]],
    ["shift-weights", [...items("GetItem", "Query"), ...routes, ...weights]],
    ["roll-back", [...items("GetItem", "PutItem", "Query", "UpdateItem"), ...routes, ...weights, ...tells]],
    ["settle", [...items("DeleteItem", "PutItem", "Query", "UpdateItem"), ...tells]],
    ["receive-command", [...items("GetItem", "UpdateItem"), ...tells, ...on("*", "states:SendTaskSuccess")]],
    ["settle-topology", [...items("DeleteItem", "PutItem"), ...tells]],
    [
      "recover",
      [
        ...items("GetItem", "UpdateItem"),
        ...on(`${table}/index/list`, "dynamodb:Query"),
        ...on("stateMachine:espalier-test-rollout", "states:StartExecution"),
      ],
    ],
  ])("of %s are exactly these", ([name, expected]) => {
    expect(may(name)).toEqual(expected.toSorted());
  });

  test("to change weights are held by three functions only", () => {
    const writers = all
      .filter(({ statements }) =>
        statements.some(({ Action }) => listed(Action).includes("vpc-lattice:UpdateRule")),
      )
      .map(({ name }) => name);
    expect(writers.sort()).toEqual([
      "espalier-test-apply-topology",
      "espalier-test-roll-back",
      "espalier-test-shift-weights",
    ]);
  });

  test("of the rollout workflow are its six functions and its own item", () => {
    const functions = ["admit", "collect-metrics", "decide", "roll-back", "settle", "shift-weights"];
    expect(may("rollout-workflow")).toEqual([
      ...items("UpdateItem"),
      ...functions.map((name) => `lambda:InvokeFunction on function:espalier-test-${name}`),
    ]);
  });
});

describe("a role", () => {
  test("is assumed by one AWS service and by nobody else", () => {
    for (const { name, trust } of all) {
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
