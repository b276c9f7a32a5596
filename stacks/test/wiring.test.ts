import type { Graph } from "@espalier/local-deploy";
import { beforeAll, describe, expect, test } from "vitest";
import { hookNetwork } from "../hook-network.ts";
import { ofType, the } from "./in-graph.ts";
import { recordStacks } from "./record-stacks.ts";

let graph: Graph;

beforeAll(async () => {
  graph = await recordStacks({ shop: false });
});

const rule = (name: string) =>
  the(graph, "aws:cloudwatch/eventRule:EventRule", "name", `espalier-test-${name}`);
const target = (name: string) =>
  the(graph, "aws:cloudwatch/eventTarget:EventTarget", "rule", `espalier-test-${name}`).inputs;
const pattern = (name: string) => JSON.parse(String(rule(name).inputs.eventPattern));
const queue = (name: string) => `arn:aws:sqs:us-east-1:123456789012:espalier-test-${name}`;

describe("an event", () => {
  test.for([
    [
      "rollout-requested",
      ["Rollout Requested", "Rollout Undo Requested"],
      "states:us-east-1:123456789012:stateMachine:espalier-test-rollout",
    ],
    [
      "topology-requested",
      ["Topology Apply Requested", "Topology Destroy Requested"],
      "states:us-east-1:123456789012:stateMachine:espalier-test-provision",
    ],
    [
      "rollout-command",
      [
        "Rollout Pause Requested",
        "Rollout Resume Requested",
        "Rollout Approval Given",
        "Rollout Promotion Requested",
        "Rollout Abort Requested",
      ],
      "lambda:us-east-1:123456789012:function:espalier-test-receive-command",
    ],
    ["freeze", ["Freeze Requested"], "lambda:us-east-1:123456789012:function:espalier-test-receive-freeze"],
  ] as const)("of the bus that matches %s goes to its workflow or handler", ([name, detailTypes, arn]) => {
    expect(rule(name).inputs.eventBusName).toBe("espalier-test-bus");
    expect(pattern(name)).toEqual({ "detail-type": detailTypes });
    expect(target(name).arn).toBe(`arn:aws:${arn}`);
  });

  test.for([
    ["rollout-died", "rollout", "recover"],
    ["topology-died", "provision", "settle-dead-runs"],
  ] as const)(
    "of an execution that died, on the default bus, %s, goes to whom it concerns",
    ([name, machine, fn]) => {
      expect(rule(name).inputs.eventBusName).toBeUndefined();
      expect(pattern(name)).toEqual({
        source: ["aws.states"],
        "detail-type": ["Step Functions Execution Status Change"],
        detail: {
          stateMachineArn: [`arn:aws:states:us-east-1:123456789012:stateMachine:espalier-test-${machine}`],
          status: ["FAILED", "TIMED_OUT", "ABORTED"],
        },
      });
      expect(String(target(name).arn).endsWith(`function:espalier-test-${fn}`)).toBe(true);
    },
  );

  test("of an alarm that fires, on the default bus, goes to the rollouts that named it", () => {
    expect(rule("alarm-fired").inputs.eventBusName).toBeUndefined();
    expect(pattern("alarm-fired")).toEqual({
      source: ["aws.cloudwatch"],
      "detail-type": ["CloudWatch Alarm State Change"],
      detail: { state: { value: ["ALARM"] } },
    });
    expect(target("alarm-fired").arn).toMatch(/function:espalier-test-receive-alarm$/);
  });

  test("reaches a function only through a permission for its rule", () => {
    const admitted = ofType(graph, "aws:lambda/permission:Permission").map(({ inputs }) => ({
      fn: inputs.function,
      principal: inputs.principal,
      from: inputs.sourceArn,
    }));
    const reached = [
      ["receive-command", "rollout-command"],
      ["receive-freeze", "freeze"],
      ["receive-alarm", "alarm-fired"],
      ["recover", "rollout-died"],
      ["settle-dead-runs", "topology-died"],
    ] as const;
    // Resources are registered as what they depend on is there, in no order of theirs.
    expect(new Set(admitted)).toEqual(
      new Set(
        reached.map(([fn, from]) => ({
          fn: `espalier-test-${fn}`,
          principal: "events.amazonaws.com",
          from: rule(from).outputs.arn,
        })),
      ),
    );
    expect(admitted).toHaveLength(reached.length);
  });
});

describe("hooks at addresses", () => {
  const fn = (name: string) =>
    the(graph, "aws:lambda/function:Function", "name", `espalier-test-${name}`).inputs;

  test("are asked by nobody where no network is named for them", () => {
    expect(fn("run-hook").vpcConfig).toBeUndefined();
    expect(fn("admit").environment).toMatchObject({ variables: { ASKS_ADDRESSES: "false" } });
  });

  test("are asked from the network that the environment names", () => {
    expect(hookNetwork({})).toBeUndefined();
    const ESPALIER_HOOK_SUBNETS = "subnet-1, subnet-2";
    expect(hookNetwork({ ESPALIER_HOOK_SUBNETS, ESPALIER_HOOK_SECURITY_GROUPS: "sg-1" })).toEqual({
      privateSubnets: ["subnet-1", "subnet-2"],
      securityGroups: ["sg-1"],
    });
    expect(() => hookNetwork({ ESPALIER_HOOK_SUBNETS })).toThrow(
      'ESPALIER_HOOK_SECURITY_GROUPS is ""; set both, or neither',
    );
  });
});

describe("what could not be delivered", () => {
  test("is kept, for every rule", () => {
    const targets = ofType(graph, "aws:cloudwatch/eventTarget:EventTarget");
    expect(targets).toHaveLength(ofType(graph, "aws:cloudwatch/eventRule:EventRule").length);
    for (const { name, inputs } of targets)
      expect(inputs.deadLetterConfig, name).toEqual({ arn: queue("undelivered") });
  });

  test("may be put on the queue by every rule and by nobody else", () => {
    const [policy] = ofType(graph, "aws:sqs/queuePolicy:QueuePolicy");
    const [statement] = JSON.parse(String(policy?.inputs.policy)).Statement;
    const rules = ofType(graph, "aws:cloudwatch/eventRule:EventRule").map(({ outputs }) => outputs.arn);
    expect(statement.Principal).toEqual({ Service: "events.amazonaws.com" });
    expect(statement.Condition.ArnEquals["aws:SourceArn"].toSorted()).toEqual(rules.toSorted());
  });

  test("is kept, for every schedule", () => {
    for (const { name, inputs } of ofType(graph, "aws:scheduler/schedule:Schedule"))
      expect(inputs.target, name).toMatchObject({ deadLetterConfig: { arn: queue("undelivered") } });
  });

  test("is kept, for every handler that is invoked asynchronously", () => {
    const kept = ofType(graph, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig").map(
      ({ inputs }) => [inputs.functionName, inputs.destinationConfig],
    );
    const failed = { onFailure: { destination: queue("failed") } };
    expect(kept.sort()).toEqual([
      ["espalier-test-check-drift", failed],
      ["espalier-test-receive-alarm", failed],
      ["espalier-test-receive-command", failed],
      ["espalier-test-receive-freeze", failed],
      ["espalier-test-recover", failed],
      ["espalier-test-settle-dead-runs", failed],
      ["espalier-test-sweep", failed],
      ["espalier-test-sweep-leftovers", failed],
    ]);
  });

  test("raises an alarm, on each queue", () => {
    const watched = ofType(graph, "aws:cloudwatch/metricAlarm:MetricAlarm").map(
      ({ inputs }) => inputs.dimensions,
    );
    const queues = ofType(graph, "aws:sqs/queue:Queue").map(({ inputs }) => ({ QueueName: inputs.name }));
    expect(watched).toEqual(expect.arrayContaining(queues));
    expect(queues).toHaveLength(2);
  });

  test("is not the only thing that raises an alarm: so does any way in which an execution dies", () => {
    const machine = "arn:aws:states:us-east-1:123456789012:stateMachine:espalier-test-rollout";
    const watched = ofType(graph, "aws:cloudwatch/metricAlarm:MetricAlarm").flatMap(({ inputs }) =>
      inputs.namespace === "AWS/States" ? [[inputs.name, inputs.metricName, inputs.dimensions]] : [],
    );
    const dimensions = { StateMachineArn: machine };
    expect(watched).toEqual([
      ["espalier-test-recovery-failed", "ExecutionsFailed", dimensions],
      ["espalier-test-recovery-timed-out", "ExecutionsTimedOut", dimensions],
      ["espalier-test-recovery-aborted", "ExecutionsAborted", dimensions],
      ["espalier-test-recovery-throttled", "ExecutionThrottled", dimensions],
    ]);
  });
});

describe("the stack", () => {
  test.for([
    ["sweep", "rate(5 minutes)"],
    ["settle-dead-runs", "rate(5 minutes)"],
    ["check-drift", "rate(1 hour)"],
  ] as const)("invokes %s at a %s", ([name, rate]) => {
    const { inputs } = the(graph, "aws:scheduler/schedule:Schedule", "name", `espalier-test-${name}`);
    expect(inputs.scheduleExpression).toBe(rate);
    const { arn } = inputs.target as { arn: string };
    expect(arn.endsWith(`function:espalier-test-${name}`)).toBe(true);
  });

  test("writes down where it is, for the command", () => {
    const { inputs } = the(graph, "aws:ssm/parameter:Parameter", "name", "/espalier/test/outputs");
    expect(JSON.parse(String(inputs.value))).toEqual({
      bus: "espalier-test-bus",
      table: "espalier-test-rollouts",
      rolloutStateMachine: "arn:aws:states:us-east-1:123456789012:stateMachine:espalier-test-rollout",
      provisionStateMachine: "arn:aws:states:us-east-1:123456789012:stateMachine:espalier-test-provision",
      busArn: "arn:aws:events:us-east-1:123456789012:event-bus/espalier-test-bus",
      scheduleGroup: "espalier-test-schedules",
      scheduleRole: "arn:aws:iam::123456789012:role/espalier-test-schedules",
      undelivered: queue("undelivered"),
    });
  });

  test("gives every function a log group that is its own", () => {
    const groups = ofType(graph, "aws:lambda/function:Function").map(({ inputs }) => inputs.loggingConfig);
    for (const group of groups) expect(group).toMatchObject({ logFormat: "JSON" });
    expect(new Set(groups.map((group) => (group as { logGroup: string }).logGroup)).size).toBe(groups.length);
  });

  test("leaves out the shop unless asked", () => {
    expect(graph.resources.filter(({ name }) => /^(Shop|Order)/.test(name))).toEqual([]);
    expect(Object.keys(graph.outputs)).not.toContain("orderFunction");
  });
});
