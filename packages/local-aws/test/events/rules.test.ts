import { beforeEach, describe, expect, test } from "vitest";
import { type EventBridge, eventBridge, order } from "./event-bridge.ts";
import { account, allow, queueArn, sentTo } from "./platform.ts";

let platform: EventBridge["platform"];
let sqs: EventBridge["sqs"];
let call: EventBridge["call"];
let put: EventBridge["put"];
let rule: EventBridge["rule"];
let settle: EventBridge["settle"];

beforeEach(() => {
  ({ platform, sqs, call, put, rule, settle } = eventBridge());
});

describe("a rule", () => {
  test.for([
    [{ Name: "a b", EventPattern: "{}" }, "Member must satisfy regular expression pattern"],
    [{ Name: "r" }, "Parameter(s) EventPattern or ScheduleExpression must be specified."],
    [{ Name: "r", EventPattern: '{"source":"x"}' }, 'Reason: "source" must be an object or an array'],
    [{ Name: "r", ScheduleExpression: "rate(5 minute)" }, "Parameter ScheduleExpression is not valid."],
    [{ Name: "r", ScheduleExpression: "rate(0 minutes)" }, "Parameter ScheduleExpression is not valid."],
    [{ Name: "r", ScheduleExpression: "cron(0 12 * * MON *)" }, "day-of-week: one of"],
    [{ Name: "r", EventPattern: '{"a":[1]}', EventBusName: "none" }, "Event bus none does not exist."],
  ] as const)("put as %o is refused: %s", async ([input, message]) => {
    await expect(call("PutRule", input)).rejects.toThrow(message);
  });

  test("needs permission to pass the roles of its targets", async () => {
    await call("PutRule", { Name: "r", EventPattern: '{"source":["shop"]}' });
    const role = platform.putRole("deployer", "none", allow("events:PutTargets"));
    const Targets = [{ Id: "1", Arn: queueArn("q"), RoleArn: `arn:aws:iam::${account}:role/x` }];
    const attempt = platform.call(platform.as(role), "events", "PutTargets", { Rule: "r", Targets });
    await expect(attempt).rejects.toThrow("iam:PassRole");
  });

  test.for([
    [{ Id: "1", Arn: "nowhere" }, "Provided Arn is not in correct format."],
    [{ Id: "1", Arn: `arn:aws:kinesis:us-east-1:${account}:stream/s` }, "kinesis targets are not offered"],
    [
      { Id: "1", Arn: `arn:aws:states:us-east-1:${account}:stateMachine:m` },
      "RoleArn is required for target",
    ],
    [{ Id: "1", Arn: queueArn("q"), Input: "{" }, "JSON syntax error in input for target 1"],
    [
      { Id: "1", Arn: queueArn("q"), Input: "{}", InputPath: "$" },
      "Only one of Input, InputPath, or InputTransformer",
    ],
    [{ Id: "1", Arn: queueArn("q"), InputPath: "$.a[*]" }, "Invalid JSON path"],
    [{ Id: "1", Arn: queueArn("q"), DeadLetterConfig: { Arn: queueArn("q.fifo") } }, "standard queue"],
    [
      { Id: "1", Arn: queueArn("q"), RetryPolicy: { MaximumRetryAttempts: 186 } },
      "less than or equal to 185",
    ],
  ] as const)("refuses the target %o: %s", async ([target, message]) => {
    await call("PutRule", { Name: "r", EventPattern: '{"source":["shop"]}' });
    await expect(call("PutTargets", { Rule: "r", Targets: [target] })).rejects.toThrow(message);
  });

  test("that is disabled matches nothing until it is enabled", async () => {
    await rule("orders", { Arn: queueArn("orders") });
    await call("DisableRule", { Name: "orders" });
    await put(order());
    await settle();
    expect(sentTo(sqs, "orders")).toEqual([]);
    await call("EnableRule", { Name: "orders" });
    await put(order());
    await settle();
    expect(sentTo(sqs, "orders")).toHaveLength(1);
  });

  test("with a rate fires its targets each interval until it is deleted", async () => {
    const arn = await rule(
      "tick",
      { Arn: queueArn("tick") },
      { EventPattern: undefined, ScheduleExpression: "rate(5 minutes)" },
    );
    await platform.clock.advance(15 * 60_000);
    const [first] = sentTo(sqs, "tick").map(({ MessageBody }) => JSON.parse(String(MessageBody)));
    expect(sentTo(sqs, "tick")).toHaveLength(3);
    expect(first).toMatchObject({
      source: "aws.events",
      "detail-type": "Scheduled Event",
      resources: [arn],
      detail: {},
      time: "2026-01-01T00:05:00Z",
    });
    await call("RemoveTargets", { Rule: "tick", Ids: ["target"] });
    await call("DeleteRule", { Name: "tick" });
    await platform.clock.advance(3_600_000);
    expect(sentTo(sqs, "tick")).toHaveLength(3);
  });

  test("with a cron expression fires when that is met, in UTC", async () => {
    const ScheduleExpression = "cron(30 6 ? * SAT,SUN *)";
    await rule("weekend", { Arn: queueArn("tick") }, { EventPattern: undefined, ScheduleExpression });
    await platform.clock.advance(10 * 24 * 3_600_000);
    const times = sentTo(sqs, "tick").map(({ MessageBody }) => JSON.parse(String(MessageBody)).time);
    expect(times).toEqual(["2026-01-03T06:30:00Z", "2026-01-04T06:30:00Z", "2026-01-10T06:30:00Z"]);
    expect(await call("DescribeRule", { Name: "weekend" })).toMatchObject({ ScheduleExpression });
  });

  test("is listed and described as it was put, page by page", async () => {
    await rule("b", { Arn: queueArn("q") }, { Description: "why" });
    await rule("a", { Arn: queueArn("q") });
    const first = await call("ListRules", { Limit: 1 });
    const second = await call("ListRules", { Limit: 1, NextToken: first.NextToken });
    expect([first, second].map(({ Rules }) => Rules[0].Name)).toEqual(["b", "a"]);
    expect(second.NextToken).toBeUndefined();
    expect(await call("DescribeRule", { Name: "b" })).toMatchObject({
      EventPattern: '{"source":["shop"]}',
      State: "ENABLED",
      Description: "why",
      EventBusName: "default",
    });
    expect(await call("ListTargetsByRule", { Rule: "b" })).toMatchObject({
      Targets: [{ Id: "target", Arn: queueArn("q") }],
    });
  });
});

describe("TestEventPattern", () => {
  const event = { id: "1", account, source: "s", time: "t", region: "r", resources: [], "detail-type": "d" };
  const ask = (pattern: object, subject: object) =>
    call("TestEventPattern", { EventPattern: JSON.stringify(pattern), Event: JSON.stringify(subject) });
  test("answers whether they match", async () => {
    expect(await ask({ source: ["s"] }, event)).toEqual({ Result: true });
    expect(await ask({ source: ["t"] }, event)).toEqual({ Result: false });
  });
  test("wants a whole event", async () => {
    await expect(ask({ source: ["s"] }, { source: "s" })).rejects.toThrow("Event must contain id");
  });
});
