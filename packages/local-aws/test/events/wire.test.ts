import {
  CreateEventBusCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  InvalidEventPatternException,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  ResourceNotFoundException,
  TestEventPatternCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import { clientSettings, roleSettings, runningLocalAws } from "../running-local-aws.ts";

/** A local AWS with a queue that rules may send to, and clients of its root. */
async function withQueue() {
  const { aws, clock, settings } = await runningLocalAws();
  const events = new EventBridgeClient(settings);
  const sqs = new SQSClient(settings);
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: "*",
        Condition: { ArnLike: { "aws:SourceArn": `arn:aws:events:us-east-1:${aws.account}:rule/*` } },
      },
    ],
  });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "q", Attributes: { Policy } }));
  const received = async () => {
    await clock.advance(0);
    const answer = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] }),
    );
    return answer.Messages ?? [];
  };
  return { aws, clock, events, received, queueArn: `arn:aws:sqs:us-east-1:${aws.account}:q` };
}

const entry = { Source: "shop", DetailType: "Order", Detail: '{"id":7}' };

describe("an SDK client of EventBridge", () => {
  test("puts rules, targets and events, and the queue has the event", async () => {
    const { events, received, queueArn } = await withQueue();
    await events.send(new CreateEventBusCommand({ Name: "shop" }));
    const rule = { Name: "orders", EventBusName: "shop" };
    await events.send(
      new PutRuleCommand({ ...rule, EventPattern: '{"detail":{"id":[{"numeric":[">",5]}]}}' }),
    );
    await events.send(
      new PutTargetsCommand({
        Rule: "orders",
        EventBusName: "shop",
        Targets: [
          { Id: "1", Arn: queueArn, InputPath: "$.detail", RetryPolicy: { MaximumRetryAttempts: 3 } },
        ],
      }),
    );
    const Time = new Date("2026-01-02T03:04:05Z");
    const answer = await events.send(
      new PutEventsCommand({ Entries: [{ ...entry, EventBusName: "shop", Time }, { Source: "shop" }] }),
    );
    expect(answer.FailedEntryCount).toBe(1);
    expect(answer.Entries?.[1]).toMatchObject({ ErrorCode: "InvalidArgument" });
    expect((await received()).map(({ Body }) => Body)).toEqual(['{"id":7}']);
    expect(await events.send(new DescribeRuleCommand(rule))).toMatchObject({
      State: "ENABLED",
      EventBusName: "shop",
    });
    const targets = await events.send(new ListTargetsByRuleCommand({ Rule: "orders", EventBusName: "shop" }));
    expect(targets.Targets).toEqual([
      { Id: "1", Arn: queueArn, InputPath: "$.detail", RetryPolicy: { MaximumRetryAttempts: 3 } },
    ]);
  });

  test("finds in the dead-letter queue why a state machine was not started", async () => {
    const { aws, events, received, queueArn } = await withQueue();
    const role = aws.iam.putRole({
      name: "starter",
      trust: {
        Statement: {
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      },
      policies: { own: { Statement: { Effect: "Allow", Action: "states:StartExecution", Resource: "*" } } },
    });
    const Arn = `arn:aws:states:us-east-1:${aws.account}:stateMachine:none`;
    await events.send(new PutRuleCommand({ Name: "r", EventPattern: '{"source":["shop"]}' }));
    const target = { Id: "1", Arn, RoleArn: role.arn, DeadLetterConfig: { Arn: queueArn } };
    await events.send(new PutTargetsCommand({ Rule: "r", Targets: [target] }));
    await events.send(new PutEventsCommand({ Entries: [entry] }));
    const [dead] = await received();
    expect(JSON.parse(dead?.Body ?? "")).toMatchObject({ source: "shop", detail: { id: 7 } });
    expect(dead?.MessageAttributes).toMatchObject({
      RULE_ARN: { StringValue: `arn:aws:events:us-east-1:${aws.account}:rule/r` },
      TARGET_ARN: { StringValue: Arn },
      ERROR_CODE: { StringValue: "NO_RESOURCE" },
    });
  });

  test("gets AWS's errors as their classes", async () => {
    const { settings } = await runningLocalAws();
    const events = new EventBridgeClient(settings);
    const rule = new PutRuleCommand({ Name: "r", EventPattern: '{"a":[{"PREFIX":"x"}]}' });
    await expect(events.send(rule)).rejects.toThrow(InvalidEventPatternException);
    await expect(events.send(rule)).rejects.toThrow(
      "Event pattern is not valid. Reason: Unrecognized match type PREFIX",
    );
    await expect(events.send(new DescribeRuleCommand({ Name: "r" }))).rejects.toThrow(
      ResourceNotFoundException,
    );
    await expect(events.send(new PutEventsCommand({ Entries: [] }))).rejects.toMatchObject({
      name: "ValidationException",
    });
    const event =
      '{"id":"1","account":"1","source":"s","time":"t","region":"r","resources":[],"detail-type":"d"}';
    const asked = new TestEventPatternCommand({ EventPattern: '{"source":["s"]}', Event: event });
    await expect(events.send(asked)).resolves.toMatchObject({ Result: true });
  });

  test("may put only what its role allows", async () => {
    const { aws } = await runningLocalAws();
    const bus = `arn:aws:events:us-east-1:${aws.account}:event-bus/default`;
    const events = new EventBridgeClient(roleSettings(aws, ["events:PutEvents"], bus));
    await expect(events.send(new PutEventsCommand({ Entries: [entry] }))).resolves.toMatchObject({
      FailedEntryCount: 0,
    });
    const elsewhere = new PutEventsCommand({ Entries: [{ ...entry, EventBusName: "other" }] });
    await expect(events.send(elsewhere)).rejects.toMatchObject({ name: "AccessDeniedException" });
  });

  test("cannot forward an event past PutEvents' checks", async () => {
    const { aws } = await runningLocalAws();
    const events = new EventBridgeClient(clientSettings(aws, aws.credentials));
    const rename = (next: (step: { request: unknown }) => Promise<never>) => (step: { request: unknown }) => {
      const request = step.request as { headers: Record<string, string> };
      request.headers["x-amz-target"] = "AWSEvents.ForwardEvent";
      return next(step);
    };
    events.middlewareStack.add(rename as never, { step: "build", priority: "low" });
    await expect(events.send(new PutEventsCommand({ Entries: [entry] }))).rejects.toMatchObject({
      name: "UnknownOperationException",
    });
  });
});
