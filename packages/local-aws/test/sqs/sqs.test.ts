import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  type QueueAttributeName,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import { runningLocalAws } from "../running-local-aws.ts";

async function queue(Attributes: Partial<Record<QueueAttributeName, string>> = {}, QueueName = "letters") {
  const { settings, ...rest } = await runningLocalAws();
  const client = new SQSClient(settings);
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName, Attributes }));
  return {
    ...rest,
    client,
    QueueUrl,
    send: (MessageBody: string) => client.send(new SendMessageCommand({ QueueUrl, MessageBody })),
    receive: async (url = QueueUrl) => {
      const options = {
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ["All"],
        MessageAttributeNames: ["All"],
      };
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({ QueueUrl: url, ...options } as never),
      );
      return Messages;
    },
    count: async () => {
      const all = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] });
      const { Attributes: a = {} } = await client.send(all);
      return [a.ApproximateNumberOfMessages, a.ApproximateNumberOfMessagesNotVisible];
    },
  };
}

describe("a queue", () => {
  test("hands a message out whole, with its attributes", async () => {
    const { client, QueueUrl, receive, clock } = await queue();
    const MessageAttributes = { ERROR_CODE: { DataType: "String", StringValue: "NO_PERMISSIONS" } };
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "öl & <x>", MessageAttributes }));
    const [message] = await receive();
    expect(message).toMatchObject({ Body: "öl & <x>", MessageAttributes });
    expect(message?.Attributes).toMatchObject({
      SentTimestamp: String(clock.now()),
      ApproximateReceiveCount: "1",
    });
  });

  test("hides a received message until its visibility timeout has passed on the AWS clock", async () => {
    const { send, receive, clock, count } = await queue({ VisibilityTimeout: "30" });
    await send("a");
    expect(await receive()).toHaveLength(1);
    expect(await receive()).toHaveLength(0);
    expect(await count()).toEqual(["0", "1"]);
    await clock.advance(30_000);
    expect(await count()).toEqual(["1", "0"]);
    expect(await receive()).toHaveLength(1);
  });

  test("forgets a message that was deleted, and does not mind being told twice", async () => {
    const { client, QueueUrl, send, receive, clock } = await queue();
    await send("a");
    const [message] = await receive();
    const remove = () =>
      client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
    await remove();
    await remove();
    await clock.advance(60_000);
    expect(await receive()).toEqual([]);
  });

  test("keeps a message whose receipt is from an earlier receive", async () => {
    const { client, QueueUrl, send, receive, clock } = await queue();
    await send("a");
    const [first] = await receive();
    await clock.advance(30_000);
    await receive();
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
    await clock.advance(30_000);
    expect(await receive()).toHaveLength(1);
  });

  test("hands a message that was received too often to its dead-letter queue", async () => {
    const { aws, client, QueueUrl, send, receive, clock } = await queue();
    const dead = await client.send(new CreateQueueCommand({ QueueName: "dead" }));
    const deadLetterTargetArn = `arn:aws:sqs:us-east-1:${aws.account}:dead`;
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 });
    await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy } }));
    await send("poison");
    for (const _ of [1, 2]) {
      expect(await receive()).toHaveLength(1);
      await clock.advance(30_000);
    }
    expect(await receive()).toHaveLength(0);
    expect((await receive(dead.QueueUrl)).map(({ Body }) => Body)).toEqual(["poison"]);
  });

  test("drops messages when their retention is over", async () => {
    const { send, receive, clock } = await queue({ MessageRetentionPeriod: "60" });
    await send("old");
    await clock.advance(61_000);
    expect(await receive()).toEqual([]);
  });

  test("delays messages", async () => {
    const { send, receive, clock } = await queue({ DelaySeconds: "5" });
    await send("later");
    expect(await receive()).toHaveLength(0);
    await clock.advance(5_000);
    expect(await receive()).toHaveLength(1);
  });

  test("can be created again with the same attributes and not with others", async () => {
    const { client, QueueUrl } = await queue({ VisibilityTimeout: "7" });
    const again = (VisibilityTimeout: string) =>
      client.send(new CreateQueueCommand({ QueueName: "letters", Attributes: { VisibilityTimeout } }));
    await expect(again("7")).resolves.toMatchObject({ QueueUrl });
    await expect(again("8")).rejects.toMatchObject({ name: "QueueNameExists" });
  });

  test("is listed, purged and deleted", async () => {
    const { client, QueueUrl, send, receive } = await queue();
    expect((await client.send(new ListQueuesCommand({}))).QueueUrls).toEqual([QueueUrl]);
    await send("a");
    await client.send(new PurgeQueueCommand({ QueueUrl }));
    expect(await receive()).toEqual([]);
    await client.send(new DeleteQueueCommand({ QueueUrl }));
    await expect(send("b")).rejects.toMatchObject({ name: "QueueDoesNotExist" });
  });

  test.for([
    ["an unknown attribute", { Colour: "red" }, "InvalidAttributeName"],
    ["a policy that is none", { Policy: "{}" }, "InvalidAttributeValue"],
    ["a timeout that is no number", { VisibilityTimeout: "soon" }, "InvalidAttributeValue"],
  ] as const)("refuses %s, and then does not exist", async ([, attributes, name]) => {
    const { settings } = await runningLocalAws();
    const client = new SQSClient(settings);
    const create = new CreateQueueCommand({
      QueueName: "bad",
      Attributes: attributes as Record<string, string>,
    });
    await expect(client.send(create)).rejects.toMatchObject({ name });
    expect((await client.send(new ListQueuesCommand({}))).QueueUrls).toEqual([]);
  });

  test("may be sent to by a service only if its policy says so, and for the source it names", async () => {
    const { aws, client, QueueUrl } = await queue();
    const rule = `arn:aws:events:us-east-1:${aws.account}:rule/r`;
    const Policy = JSON.stringify({
      Statement: {
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: `arn:aws:sqs:us-east-1:${aws.account}:letters`,
        Condition: { ArnEquals: { "aws:SourceArn": rule } },
      },
    });
    await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    const send = (sourceArn: string) =>
      aws.callAs(
        { type: "service", account: aws.account, arn: "events.amazonaws.com", sourceArn },
        "sqs",
        "SendMessage",
        { QueueUrl, MessageBody: "dead" },
      );
    await expect(send(rule)).resolves.toMatchObject({ MessageId: expect.any(String) });
    await expect(send(`${rule}2`)).rejects.toMatchObject({
      code: "AccessDeniedException",
      message: expect.stringContaining("because no resource-based policy allows the sqs:SendMessage action"),
    });
  });
});
