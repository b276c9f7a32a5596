import { describe, expect, test } from "vitest";
import type { FaultInput } from "../../src/index.ts";
import { runningLocalAws } from "../running-local-aws.ts";

/** A rule that brings the numbers of the shop's events to a queue. */
async function numbers() {
  const { aws, clock } = await runningLocalAws();
  const everybody = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" };
  const { QueueUrl } = await aws.call("sqs", "CreateQueue", {
    QueueName: "numbers",
    Attributes: { Policy: JSON.stringify({ Statement: everybody }) },
  });
  await aws.call("events", "PutRule", { Name: "numbers", EventPattern: '{"source":["shop"]}' });
  const target = {
    Id: "1",
    Arn: `arn:aws:sqs:${aws.region}:${aws.account}:numbers`,
    InputPath: "$.detail.n",
  };
  await aws.call("events", "PutTargets", { Rule: "numbers", Targets: [target] });
  return {
    arrange: (fault: FaultInput) => aws.faults.arrange(fault),
    async tell(n: number, DetailType = "Number") {
      await aws.call("events", "PutEvents", {
        Entries: [{ Source: "shop", DetailType, Detail: `{"n":${n}}` }],
      });
      await clock.advance(0);
    },
    wait: (seconds: number) => clock.advance(seconds * 1000),
    /** What has come since the last time. */
    async heard(): Promise<number[]> {
      const request = { QueueUrl, MaxNumberOfMessages: 10 };
      const { Messages = [] } = await aws.call("sqs", "ReceiveMessage", request);
      for (const { ReceiptHandle } of Messages)
        await aws.call("sqs", "DeleteMessage", { QueueUrl, ReceiptHandle });
      return Messages.map(({ Body }: { Body: string }) => Number(Body));
    },
  };
}

describe("an event", () => {
  test("comes twice", async () => {
    const { arrange, tell, heard } = await numbers();
    arrange({ kind: "duplicate", rule: "numbers", count: 1 });
    await tell(1);
    await tell(2);
    expect(await heard()).toEqual([1, 1, 2]);
  });

  test("comes late, others of its rule do not", async () => {
    const { arrange, tell, heard, wait } = await numbers();
    arrange({ kind: "late", detailType: "Slow*", lateSeconds: 40 });
    await tell(1, "Slow Number");
    await tell(2);
    expect(await heard()).toEqual([2]);
    await wait(39);
    expect(await heard()).toEqual([]);
    await wait(1);
    expect(await heard()).toEqual([1]);
  });

  test("is overtaken by the next one", async () => {
    const { arrange, tell, heard, wait } = await numbers();
    arrange({ kind: "out-of-order", count: 1 });
    await tell(1);
    expect(await heard()).toEqual([]);
    await tell(2);
    await tell(3);
    expect(await heard()).toEqual([2, 1, 3]);
    await wait(60);
    expect(await heard()).toEqual([]);
  });

  test("that nothing overtakes comes in the end", async () => {
    const { arrange, tell, heard, wait } = await numbers();
    arrange({ kind: "out-of-order" });
    await tell(1);
    await wait(30);
    expect(await heard()).toEqual([1]);
  });
});
