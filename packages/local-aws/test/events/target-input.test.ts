import { beforeEach, describe, expect, test } from "vitest";
import { type EventBridge, eventBridge, order } from "./event-bridge.ts";
import { account, attributesOf, queueArn, sentTo } from "./platform.ts";

let sqs: EventBridge["sqs"];
let put: EventBridge["put"];
let rule: EventBridge["rule"];
let settle: EventBridge["settle"];

beforeEach(() => {
  ({ sqs, put, rule, settle } = eventBridge());
});

describe("what a target is given", () => {
  const given = async (
    form: object,
    detail: object = { id: 7, name: 'a "b"', list: [1, 2], deep: { x: 1 } },
  ) => {
    await rule("orders", { Arn: queueArn("orders"), ...form });
    await put(order(detail));
    await settle();
    return sentTo(sqs, "orders").map(({ MessageBody }) => MessageBody)[0];
  };
  const transformer = (InputTemplate: string, InputPathsMap = {}) => ({
    InputTransformer: { InputTemplate, InputPathsMap },
  });

  test("is its constant input", async () => {
    expect(await given({ Input: '{"a":1}' })).toBe('{"a":1}');
  });
  test("is the part of the event at its input path", async () => {
    expect(await given({ InputPath: "$.detail.list[1]" })).toBe("2");
  });
  test("is its template, filled with JSON outside quotes and with text inside", async () => {
    const paths = {
      id: "$.detail.id",
      name: "$.detail.name",
      list: "$.detail['list']",
      none: "$.detail.none",
    };
    const template =
      '{"id": <id>, "text": "order <id> of <name>", "name": <name>, "list": <list>, "none": <none>}';
    expect(JSON.parse(String(await given(transformer(template, paths))))).toEqual({
      id: 7,
      text: 'order 7 of a "b"',
      name: 'a "b"',
      list: [1, 2],
      none: "",
    });
  });
  test("names the rule and the event in a template", async () => {
    const template =
      '{"rule": <aws.events.rule-name>, "arn": "<aws.events.rule-arn>", "event": <aws.events.event>}';
    expect(JSON.parse(String(await given(transformer(template))))).toMatchObject({
      rule: "orders",
      arn: `arn:aws:events:us-east-1:${account}:rule/orders`,
      event: { source: "shop" },
    });
  });
  test("may be plain text", async () => {
    expect(await given(transformer("order <id>", { id: "$.detail.id" }))).toBe("order 7");
  });
  test("is nothing where a template does not become JSON", async () => {
    const poison = {
      ...transformer('{"a": <id><id>x}', { id: "$.detail.id" }),
      DeadLetterConfig: { Arn: queueArn("dead") },
    };
    expect(await given(poison)).toBeUndefined();
    expect(sentTo(sqs, "dead").map(attributesOf)).toMatchObject([
      { ERROR_CODE: "INVALID_JSON", RETRY_ATTEMPTS: "0" },
    ]);
  });
});
