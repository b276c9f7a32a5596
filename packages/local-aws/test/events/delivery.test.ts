import { beforeEach, describe, expect, test } from "vitest";
import { AwsError } from "../../src/aws-error.ts";
import { type EventBridge, eventBridge, order } from "./event-bridge.ts";
import { account, allow, attributesOf, queueArn, recorder, sentTo } from "./platform.ts";

let platform: EventBridge["platform"];
let sqs: EventBridge["sqs"];
let call: EventBridge["call"];
let put: EventBridge["put"];
let rule: EventBridge["rule"];
let settle: EventBridge["settle"];

beforeEach(() => {
  ({ platform, sqs, call, put, rule, settle } = eventBridge());
});

describe("a target", () => {
  test("is a function only if the function's policy lets the rule invoke it", async () => {
    const arn = `arn:aws:events:us-east-1:${account}:rule/orders`;
    const policy = allow("lambda:InvokeFunction", "*", "events.amazonaws.com", {
      ArnLike: { "aws:SourceArn": arn },
    });
    const invoke = { Invoke: { action: "lambda:InvokeFunction", resource: () => "arn:function" } };
    const lambda = recorder("lambda", invoke, policy);
    platform.add(lambda);
    const target = {
      Arn: `arn:aws:lambda:us-east-1:${account}:function:f`,
      DeadLetterConfig: { Arn: queueArn("dead") },
    };
    await rule("orders", target);
    await rule("strangers", target);
    await put(order({ id: 1 }));
    await settle();
    expect(lambda.calls).toHaveLength(1);
    expect(lambda.calls[0]?.input).toMatchObject({ FunctionName: target.Arn, InvocationType: "Event" });
    const [dead, ...others] = sentTo(sqs, "dead");
    expect(others).toEqual([]);
    expect(attributesOf(dead)).toMatchObject({
      RULE_ARN: `arn:aws:events:us-east-1:${account}:rule/strangers`,
      TARGET_ARN: target.Arn,
      ERROR_CODE: "NO_PERMISSIONS",
      RETRY_ATTEMPTS: "0",
    });
    expect(attributesOf(dead)).not.toHaveProperty("EXHAUSTED_RETRY_CONDITION");
    expect(JSON.parse(String(dead?.MessageBody)).detail).toEqual({ id: 1 });
  });

  test("is a state machine started as the target's role", async () => {
    const start = { StartExecution: { action: "states:StartExecution", resource: () => "arn:machine" } };
    const states = recorder("states", start);
    platform.add(states);
    const role = platform.putRole("starter", "events.amazonaws.com", allow("states:StartExecution"));
    await rule("orders", { Arn: `arn:aws:states:us-east-1:${account}:stateMachine:m`, RoleArn: role });
    await put(order({ id: 1 }));
    await settle();
    expect(states.calls).toMatchObject([
      {
        caller: { roleArn: role },
        input: { stateMachineArn: `arn:aws:states:us-east-1:${account}:stateMachine:m` },
      },
    ]);
    expect(JSON.parse(String(states.calls[0]?.input.input))).toMatchObject({ detail: { id: 1 } });
  });

  test("that fails for a while gets the event later, once", async () => {
    await rule("orders", { Arn: queueArn("orders") });
    sqs.failure = new AwsError("InternalFailure", "try later", 500);
    await put(order());
    await settle();
    sqs.failure = undefined;
    await platform.clock.advance(60_000);
    expect(sentTo(sqs, "orders")).toHaveLength(1);
  });

  test("that always fails is tried as often as its policy says, then the event is a dead letter", async () => {
    let attempts = 0;
    const invoke = {
      permissions: () => [],
      run() {
        attempts += 1;
        throw new AwsError("ServiceException", "broken", 500);
      },
    };
    platform.add({ name: "lambda", operations: { Invoke: invoke } });
    await rule("orders", {
      Arn: `arn:aws:lambda:us-east-1:${account}:function:f`,
      RetryPolicy: { MaximumRetryAttempts: 3 },
      DeadLetterConfig: { Arn: queueArn("dead") },
    });
    await put(order());
    await platform.clock.advance(3_600_000);
    expect(attempts).toBe(4);
    expect(sentTo(sqs, "dead").map(attributesOf)).toEqual([
      {
        RULE_ARN: `arn:aws:events:us-east-1:${account}:rule/orders`,
        TARGET_ARN: `arn:aws:lambda:us-east-1:${account}:function:f`,
        ERROR_CODE: "ERROR_FROM_TARGET",
        ERROR_MESSAGE: "broken",
        RETRY_ATTEMPTS: "3",
        EXHAUSTED_RETRY_CONDITION: "MaximumRetryAttempts",
      },
    ]);
  });

  test("that fails until the event is too old ends with its age", async () => {
    const invoke = {
      permissions: () => [],
      run: () => Promise.reject(new AwsError("ServiceException", "", 500)),
    };
    platform.add({ name: "lambda", operations: { Invoke: invoke } });
    await rule("orders", {
      Arn: `arn:aws:lambda:us-east-1:${account}:function:f`,
      RetryPolicy: { MaximumEventAgeInSeconds: 60 },
      DeadLetterConfig: { Arn: queueArn("dead") },
    });
    await put(order());
    await platform.clock.advance(59_999);
    expect(sentTo(sqs, "dead")).toEqual([]);
    await platform.clock.advance(1);
    expect(sentTo(sqs, "dead").map(attributesOf)).toMatchObject([
      { EXHAUSTED_RETRY_CONDITION: "MaximumEventAgeInSeconds", ERROR_MESSAGE: "-" },
    ]);
  });

  test("keeps what was on its way when its rule was deleted", async () => {
    await rule("orders", { Arn: queueArn("orders") });
    sqs.failure = new AwsError("InternalFailure", "try later", 500);
    await put(order());
    await settle();
    await expect(call("DeleteRule", { Name: "orders" })).rejects.toThrow(
      "Rule can't be deleted since it has targets.",
    );
    await call("RemoveTargets", { Rule: "orders", Ids: ["target"] });
    await call("DeleteRule", { Name: "orders" });
    sqs.failure = undefined;
    await put(order());
    await platform.clock.advance(60_000);
    expect(sentTo(sqs, "orders")).toHaveLength(1);
  });

  test("whose dead-letter queue refuses too loses the event, counted", async () => {
    await rule("orders", {
      Arn: queueArn("orders"),
      RetryPolicy: { MaximumRetryAttempts: 0 },
      DeadLetterConfig: { Arn: queueArn("dead") },
    });
    sqs.failure = new AwsError("InternalFailure", "down", 500);
    await put(order());
    await platform.clock.advance(1);
    expect(platform.observations.map(({ metric }) => metric)).toEqual([
      "FailedInvocations",
      "InvocationsFailedToBeSentToDlq",
    ]);
  });
});

describe("another bus as a target", () => {
  const busArn = (name: string) => `arn:aws:events:us-east-1:${account}:event-bus/${name}`;
  beforeEach(async () => {
    await call("CreateEventBus", { Name: "far" });
  });

  test("gets the event as it is, by a role that may put it", async () => {
    const role = platform.putRole(
      "forward",
      "events.amazonaws.com",
      allow("events:PutEvents", busArn("far")),
    );
    await rule("near", { Arn: busArn("far"), RoleArn: role });
    await rule("far", { Arn: queueArn("far") }, { EventBusName: "far" });
    const { Entries } = await put(order());
    await settle();
    expect(sentTo(sqs, "far").map(({ MessageBody }) => JSON.parse(String(MessageBody)).id)).toEqual([
      Entries[0].EventId,
    ]);
  });

  test("is refused without a role", async () => {
    await rule("near", { Arn: busArn("far"), DeadLetterConfig: { Arn: queueArn("dead") } });
    await put(order());
    await settle();
    expect(sentTo(sqs, "dead").map(attributesOf)).toMatchObject([{ ERROR_CODE: "NO_PERMISSIONS" }]);
  });

  test("that sends it back does not go on for ever", async () => {
    const role = platform.putRole("forward", "events.amazonaws.com", allow("events:PutEvents"));
    await rule("near", { Arn: busArn("far"), RoleArn: role, DeadLetterConfig: { Arn: queueArn("dead") } });
    const back = { Arn: busArn("default"), RoleArn: role, DeadLetterConfig: { Arn: queueArn("dead") } };
    await rule("far", back, { EventBusName: "far" });
    await put(order());
    await platform.clock.advance(86_400_000);
    expect(sentTo(sqs, "dead").map(attributesOf)).toMatchObject([
      { ERROR_CODE: "EVENT_LOOP", RETRY_ATTEMPTS: "0" },
    ]);
  });
});
