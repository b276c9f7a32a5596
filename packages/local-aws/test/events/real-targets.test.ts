import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { LocalAws } from "../../src/index.ts";
import { runningLocalAws } from "../running-local-aws.ts";

const account = "123456789012";

const role = (aws: LocalAws, name: string, service: string, actions: string[]) =>
  aws.iam.putRole({
    name,
    trust: { Statement: { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" } },
    policies: { own: { Statement: { Effect: "Allow", Action: actions, Resource: "*" } } },
  }).arn;

const ruleFor = async (aws: LocalAws, name: string, pattern: object, target: object) => {
  await aws.call("events", "PutRule", { Name: name, EventPattern: JSON.stringify(pattern) });
  await aws.call("events", "PutTargets", { Rule: name, Targets: [{ Id: "1", ...target }] });
};

const putOrder = (aws: LocalAws) =>
  aws.call("events", "PutEvents", { Entries: [{ Source: "shop", DetailType: "Order", Detail: '{"id":7}' }] });

const machine = (aws: LocalAws, name: string, state: object) =>
  aws.call("states", "CreateStateMachine", {
    name,
    roleArn: role(aws, `${name}-role`, "states.amazonaws.com", []),
    definition: JSON.stringify({ QueryLanguage: "JSONata", StartAt: "Only", States: { Only: state } }),
  });

describe("an event", () => {
  test("runs a function that lets the rule invoke it", async () => {
    const { aws, clock } = await runningLocalAws();
    const FunctionName = aws.lambda.putFunction({
      name: "speak",
      directory: fileURLToPath(new URL("../lambda/functions", import.meta.url)),
      handler: "answers.speak",
      environment: {},
      roleArn: role(aws, "worker", "lambda.amazonaws.com", ["logs:*"]),
      timeoutSeconds: 10,
      memoryMb: 128,
    });
    await ruleFor(aws, "orders", { source: ["shop"] }, { Arn: FunctionName });
    const spoken = async () => {
      await clock.advance(0);
      const metric = { Namespace: "AWS/Events", MetricName: "FailedInvocations" };
      const { Metrics } = await aws.call("monitoring", "ListMetrics", metric);
      const lines = await aws
        .call("logs", "FilterLogEvents", { logGroupName: "/aws/lambda/speak" })
        .then(({ events }) => events.map(({ message }: { message: string }) => message))
        .catch(() => []);
      return { refused: Metrics.length, said: lines.includes("one") };
    };
    await putOrder(aws);
    expect(await spoken()).toEqual({ refused: 1, said: false });
    await aws.call("lambda", "AddPermission", {
      FunctionName,
      StatementId: "rule",
      Action: "lambda:InvokeFunction",
      Principal: "events.amazonaws.com",
      SourceArn: `arn:aws:events:us-east-1:${account}:rule/orders`,
    });
    await putOrder(aws);
    expect((await spoken()).said).toBe(true);
  });

  test("starts a state machine, whose failure is an event for a rule of the default bus", async () => {
    const { aws, clock } = await runningLocalAws();
    const { stateMachineArn } = await machine(aws, "fails", { Type: "Fail", Error: "Broken" });
    const RoleArn = role(aws, "starter", "events.amazonaws.com", [
      "states:StartExecution",
      "sqs:SendMessage",
    ]);
    await aws.call("sqs", "CreateQueue", { QueueName: "q" });
    await ruleFor(aws, "orders", { source: ["shop"] }, { Arn: stateMachineArn, RoleArn });
    const failures = {
      source: ["aws.states"],
      "detail-type": ["Step Functions Execution Status Change"],
      detail: { status: ["FAILED", "TIMED_OUT", "ABORTED"], stateMachineArn: [stateMachineArn] },
    };
    await ruleFor(aws, "failures", failures, { Arn: `arn:aws:sqs:us-east-1:${account}:q`, RoleArn });
    await putOrder(aws);
    await clock.advance(1000);
    const { executions } = await aws.call("states", "ListExecutions", { stateMachineArn });
    expect(executions).toMatchObject([{ status: "FAILED" }]);
    const { Messages } = await aws.call("sqs", "ReceiveMessage", { QueueUrl: "q" });
    expect(JSON.parse(Messages[0].Body)).toMatchObject({
      source: "aws.states",
      resources: [executions[0].executionArn],
      detail: { status: "FAILED", input: expect.stringContaining('"id":7') },
    });
  });
});
