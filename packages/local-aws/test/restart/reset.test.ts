import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import { runningLocalAws } from "../running-local-aws.ts";
import { restarting } from "./restarting.ts";

const post = (endpoint: string, init: RequestInit = {}) =>
  fetch(`${endpoint}/_local/reset`, { method: "POST", ...init });

describe("POST /_local/reset", () => {
  test("empties every service, and leaves the root its credentials", async () => {
    const { aws, settings } = await runningLocalAws();
    await aws.call("sqs", "CreateQueue", { QueueName: "orders" });
    await aws.call("ssm", "PutParameter", { Name: "/a", Value: "1", Type: "String" });
    aws.faults.arrange({ kind: "throttle", service: "sqs" });
    const answer = await post(aws.endpoint);
    expect([answer.status, await answer.json()]).toEqual([200, {}]);
    const { QueueUrls = [] } = await new SQSClient(settings).send(new ListQueuesCommand({}));
    expect(QueueUrls).toEqual([]);
    await expect(aws.call("ssm", "GetParameter", { Name: "/a" })).rejects.toMatchObject({
      code: "ParameterNotFound",
    });
    await expect(aws.call("ssm", "GetParameter", { Name: "/sst/bootstrap" })).resolves.toBeDefined();
  });

  test("empties the data directory too", async () => {
    const state = await restarting();
    await state.aws().call("sqs", "CreateQueue", { QueueName: "orders" });
    await state.aws().reset();
    await state.aws().call("sqs", "CreateQueue", { QueueName: "after" });
    await state.restart();
    const { QueueUrls } = await state.aws().call("sqs", "ListQueues", {});
    expect(QueueUrls).toEqual([`${state.aws().endpoint}/123456789012/after`]);
  });

  test("is not for pages of a browser, nor for other methods", async () => {
    const { aws } = await runningLocalAws();
    await aws.call("sqs", "CreateQueue", { QueueName: "orders" });
    expect((await post(aws.endpoint, { headers: { origin: "https://example.com" } })).status).toBe(403);
    expect((await fetch(`${aws.endpoint}/_local/reset`)).status).toBe(405);
    const { QueueUrls } = await aws.call("sqs", "ListQueues", {});
    expect(QueueUrls).toHaveLength(1);
  });
});
