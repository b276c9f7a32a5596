import { beforeEach, describe, expect, test } from "vitest";
import { type EventBridge, eventBridge, order } from "./event-bridge.ts";
import { account, allow, queueArn, sentTo } from "./platform.ts";

let platform: EventBridge["platform"];
let sqs: EventBridge["sqs"];
let events: EventBridge["events"];
let call: EventBridge["call"];
let put: EventBridge["put"];
let rule: EventBridge["rule"];
let settle: EventBridge["settle"];

beforeEach(() => {
  ({ platform, sqs, events, call, put, rule, settle } = eventBridge());
});

describe("PutEvents", () => {
  test("brings an event to the targets of the rules that match, in AWS's shape", async () => {
    await rule("orders", { Arn: queueArn("orders") });
    await call("PutRule", { Name: "others", EventPattern: '{"source":["elsewhere"]}' });
    await call("PutTargets", { Rule: "others", Targets: [{ Id: "1", Arn: queueArn("others") }] });
    const answer = await put(
      order({ id: 7 }, { Resources: ["arn:a"], Time: new Date("2026-01-02T03:04:05.678Z") }),
    );
    await settle();
    expect(answer).toEqual({
      FailedEntryCount: 0,
      Entries: [{ EventId: expect.stringMatching(/^[0-9a-f-]{36}$/) }],
    });
    expect(sentTo(sqs, "others")).toEqual([]);
    expect(sentTo(sqs, "orders").map(({ MessageBody }) => JSON.parse(String(MessageBody)))).toEqual([
      {
        version: "0",
        id: answer.Entries[0].EventId,
        "detail-type": "Order",
        source: "shop",
        account,
        time: "2026-01-02T03:04:05Z",
        region: "us-east-1",
        resources: ["arn:a"],
        detail: { id: 7 },
      },
    ]);
  });

  test("refuses bad entries one by one and takes the others", async () => {
    await rule("orders", { Arn: queueArn("orders") });
    const deep = `{"a":${"[".repeat(5000)}${"]".repeat(5000)}}`;
    const answer = await put(
      order(),
      order({}, { Source: undefined }),
      order({}, { DetailType: "" }),
      order({}, { Detail: "{" }),
      order({}, { Detail: "[1]" }),
      order({}, { Detail: deep }),
      order({}, { Source: "aws.states" }),
      order(),
    );
    await settle();
    expect(answer.FailedEntryCount).toBe(6);
    expect(answer.Entries.map(({ ErrorCode }: { ErrorCode?: string }) => ErrorCode)).toEqual([
      undefined,
      "InvalidArgument",
      "InvalidArgument",
      "MalformedDetail",
      "MalformedDetail",
      "MalformedDetail",
      "NotAuthorizedForSourceException",
      undefined,
    ]);
    expect(sentTo(sqs, "orders")).toHaveLength(2);
  });

  test("refuses more than 10 entries, none, and 256 KB", async () => {
    await expect(put(...Array.from({ length: 11 }, () => order()))).rejects.toMatchObject({
      code: "ValidationException",
    });
    await expect(put()).rejects.toMatchObject({ code: "ValidationException" });
    const half = order({ text: "x".repeat(128 * 1024) });
    await expect(put(half, half)).rejects.toThrow(
      "Total size of the entries in the request is over the limit.",
    );
    await expect(put(half)).resolves.toMatchObject({ FailedEntryCount: 0 });
  });

  test("is allowed by source, detail-type and bus", async () => {
    const bus = `arn:aws:events:us-east-1:${account}:event-bus/default`;
    const mine = { StringEquals: { "events:source": "shop", "events:detail-type": "Order" } };
    const role = platform.putRole("cli", "none", allow("events:PutEvents", bus, undefined, mine));
    const as = (entry: object) =>
      platform.call(platform.as(role), "events", "PutEvents", { Entries: [entry] });
    await expect(as(order())).resolves.toMatchObject({ FailedEntryCount: 0 });
    await expect(as(order({}, { DetailType: "Refund" }))).rejects.toMatchObject({
      code: "AccessDeniedException",
    });
    await expect(as(order({}, { Source: "bank" }))).rejects.toMatchObject({ code: "AccessDeniedException" });
    await expect(as(order({}, { EventBusName: "other" }))).rejects.toMatchObject({
      code: "AccessDeniedException",
    });
  });

  test("delivers a flood of 10,000 events, each once", async () => {
    await rule("orders", { Arn: queueArn("orders") });
    const calls = Array.from({ length: 1000 }, (_, batch) =>
      put(...Array.from({ length: 10 }, (_, n) => order({ n: batch * 10 + n }))),
    );
    await Promise.all(calls);
    await settle();
    const seen = sentTo(sqs, "orders").map(({ MessageBody }) => JSON.parse(String(MessageBody)).detail.n);
    expect(seen).toHaveLength(10_000);
    expect(new Set(seen).size).toBe(10_000);
  });
});

describe("AWS's own events", () => {
  test("reach rules of the default bus only", async () => {
    await call("CreateEventBus", { Name: "custom" });
    const pattern = { EventPattern: '{"source":["aws.states"],"detail":{"status":["FAILED"]}}' };
    await rule("here", { Arn: queueArn("here") }, pattern);
    await rule("there", { Arn: queueArn("there") }, { ...pattern, EventBusName: "custom" });
    events.emit({
      source: "aws.states",
      detailType: "Step Functions Execution Status Change",
      resources: ["arn:execution"],
      detail: { status: "FAILED" },
    });
    await settle();
    expect(sentTo(sqs, "here")).toHaveLength(1);
    expect(sentTo(sqs, "there")).toEqual([]);
  });
});
