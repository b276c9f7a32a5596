import { InvokeCommand } from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FunctionSettings } from "../../src/lambda/function-settings.ts";
import { event, type LambdaRig, lambdaRig } from "./lambda-rig.ts";

const MINUTE = 60_000;
const queue = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`;

let rig: LambdaRig;
beforeEach(async () => {
  rig = await lambdaRig();
});
afterEach(() => rig.close());

/** Deploys a function that always fails, and a role that may send to the queue `dead`. */
function failing(asynchronous: NonNullable<FunctionSettings["asynchronous"]>): string {
  rig.iam.putRole({
    name: "sender",
    trust: {
      Statement: {
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    },
    policies: {
      send: { Statement: { Effect: "Allow", Action: "sqs:SendMessage", Resource: queue("dead") } },
    },
  });
  const roleArn = "arn:aws:iam::123456789012:role/sender";
  return rig.deploy("failures.throws", { asynchronous, roleArn });
}

const send = (FunctionName: string) =>
  rig.client.send(
    new InvokeCommand({ FunctionName, InvocationType: "Event", Payload: event({ item: "vine" }) }),
  );
const runs = () => rig.observations.filter(({ metric }) => metric === "Invocations").length;

describe("an asynchronous invocation", () => {
  test("is accepted at once and runs", async () => {
    expect(await send(rig.deploy("answers.speak"))).toMatchObject({ StatusCode: 202 });
    await rig.clock.advance(0);
    expect(rig.logs.map(({ message }) => message)).toContain("one");
    await rig.clock.advance(60 * MINUTE);
    expect(runs()).toBe(1);
  });

  test("that fails runs again after one minute and after two more, then goes to the dead-letter queue", async () => {
    const { $metadata } = await send(failing({ deadLetterQueue: queue("dead") }));
    await rig.clock.advance(MINUTE - 1);
    expect(runs()).toBe(1);
    await rig.clock.advance(1);
    expect(runs()).toBe(2);
    await rig.clock.advance(2 * MINUTE - 1);
    expect([runs(), rig.sent]).toEqual([2, []]);
    await rig.clock.advance(1);
    expect(runs()).toBe(3);
    expect(rig.sent).toEqual([
      {
        caller: expect.objectContaining({ roleArn: "arn:aws:iam::123456789012:role/sender" }),
        input: {
          QueueUrl: "https://sqs.us-east-1.amazonaws.com/123456789012/dead",
          MessageBody: '{"item":"vine"}',
          MessageAttributes: {
            RequestID: { DataType: "String", StringValue: $metadata.requestId },
            ErrorCode: { DataType: "Number", StringValue: "200" },
            ErrorMessage: { DataType: "String", StringValue: "no vine left" },
          },
        },
      },
    ]);
    await rig.clock.advance(600 * MINUTE);
    expect(runs()).toBe(3);
  });

  test("without retries goes to the destination for failures with what happened", async () => {
    await send(failing({ retries: 0, onFailure: queue("dead") }));
    await rig.clock.advance(0);
    expect(runs()).toBe(1);
    expect(JSON.parse(String(rig.sent[0]?.input.MessageBody))).toMatchObject({
      version: "1.0",
      requestContext: { condition: "RetriesExhausted", approximateInvokeCount: 1 },
      requestPayload: { item: "vine" },
      responseContext: { statusCode: 200, functionError: "Unhandled" },
      responsePayload: { errorType: "OutOfStock", errorMessage: "no vine left" },
    });
  });

  test("that its queue does not take is lost, and the log says so", async () => {
    await send(failing({ retries: 0, deadLetterQueue: queue("other") }));
    await rig.clock.advance(0);
    expect(rig.sent).toEqual([]);
    expect(rig.logs.at(-1)?.message).toMatch(
      /^a failed event is lost: User: .* is not authorized to perform: sqs:SendMessage/,
    );
  });

  test("takes no more than 1 MB", async () => {
    const Payload = event("x".repeat(1024 * 1024));
    const command = new InvokeCommand({
      FunctionName: rig.deploy("answers.nothing"),
      InvocationType: "Event",
      Payload,
    });
    await expect(rig.client.send(command)).rejects.toMatchObject({ name: "RequestTooLargeException" });
  });
});
