import { describe, expect, test } from "vitest";
import type { LocalAws } from "../../src/index.ts";
import { restarting } from "./restarting.ts";

const queueArn = "arn:aws:sqs:us-east-1:123456789012:orders";
const minute = 60_000;

/** A queue that EventBridge may send to. */
async function createQueue(aws: LocalAws): Promise<void> {
  const Policy = JSON.stringify({
    Statement: {
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queueArn,
    },
  });
  await aws.call("sqs", "CreateQueue", { QueueName: "orders", Attributes: { Policy } });
}

/** The bodies of the messages that came since it was asked last. */
async function received(aws: LocalAws): Promise<string[]> {
  const input = { QueueUrl: "orders", MaxNumberOfMessages: 10, VisibilityTimeout: 43_200 };
  const { Messages = [] } = await aws.call("sqs", "ReceiveMessage", input);
  return Messages.map(({ Body }: { Body: string }) => Body);
}

function roleFor(aws: LocalAws, service: string): string {
  const { arn } = aws.iam.putRole({
    name: "sender",
    trust: { Statement: { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" } },
    policies: { send: { Statement: { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" } } },
  });
  return arn;
}

describe("after a restart", () => {
  test("a resource of Lattice becomes active, and another vanishes, when it would have", async () => {
    const state = await restarting({ lattice: { transitionMs: minute } });
    const lattice = (operation: string, input: object) => state.aws().call("vpc-lattice", operation, input);
    const names = async () =>
      (await lattice("ListServices", {})).items.map(
        ({ name, status }: { name: string; status: string }) => `${name} ${status}`,
      );
    const { id } = await lattice("CreateService", { name: "going" });
    await state.advance(minute);
    await lattice("DeleteService", { serviceIdentifier: id });
    await lattice("CreateService", { name: "coming" });
    await state.advance(minute / 2);
    await state.restart();
    await state.advance(minute / 2 - 1);
    expect(await names()).toEqual(["coming CREATE_IN_PROGRESS", "going DELETE_IN_PROGRESS"]);
    await state.advance(1);
    expect(await names()).toEqual(["coming ACTIVE"]);
    await state.restart();
    expect(await names()).toEqual(["coming ACTIVE"]);
  });

  test("a rule keeps its beat, and makes up for one of the firings that were missed", async () => {
    const state = await restarting();
    await createQueue(state.aws());
    await state.aws().call("events", "PutRule", { Name: "tick", ScheduleExpression: "rate(5 minutes)" });
    const Targets = [{ Id: "queue", Arn: queueArn, Input: '"tick"' }];
    await state.aws().call("events", "PutTargets", { Rule: "tick", Targets });
    await state.advance(3 * minute);
    await state.restart();
    await state.advance(2 * minute - 1);
    expect(await received(state.aws())).toEqual([]);
    await state.advance(1);
    expect(await received(state.aws())).toEqual(['"tick"']);
    await state.restart(22 * minute);
    await state.advance(0);
    expect(await received(state.aws())).toEqual(['"tick"']);
    await state.advance(3 * minute);
    expect(await received(state.aws())).toEqual(['"tick"']);
  });

  test("a schedule that was due meanwhile runs, once, for the time at which it was due", async () => {
    const state = await restarting();
    await createQueue(state.aws());
    const at = new Date(state.aws().clock.now() + 10 * minute).toISOString().slice(0, 19);
    await state.aws().call("scheduler", "CreateSchedule", {
      Name: "once",
      ScheduleExpression: `at(${at})`,
      ActionAfterCompletion: "DELETE",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: {
        Arn: queueArn,
        RoleArn: roleFor(state.aws(), "scheduler.amazonaws.com"),
        Input: '"<aws.scheduler.scheduled-time>"',
      },
    });
    await state.restart(60 * minute);
    await state.advance(0);
    expect(await received(state.aws())).toEqual([`"${at}Z"`]);
    await state.restart(60 * minute);
    await state.advance(0);
    expect(await received(state.aws())).toEqual([]);
    expect((await state.aws().call("scheduler", "ListSchedules", {})).Schedules).toEqual([]);
  });

  test("an event that its target could not take is still tried again", async () => {
    const state = await restarting();
    await createQueue(state.aws());
    const put = { Name: "orders", EventPattern: '{"source":["shop"]}' };
    await state.aws().call("events", "PutRule", put);
    const Targets = [{ Id: "queue", Arn: queueArn, InputPath: "$.detail" }];
    await state.aws().call("events", "PutTargets", { Rule: "orders", Targets });
    state.aws().faults.arrange({ kind: "throttle", service: "sqs", operation: "SendMessage" });
    const entry = { Source: "shop", DetailType: "order", Detail: '{"n":1}' };
    await state.aws().call("events", "PutEvents", { Entries: [entry] });
    await state.advance(minute);
    await state.restart();
    await state.advance(minute);
    expect(await received(state.aws())).toEqual(['{"n":1}']);
    await state.restart();
    await state.advance(minute);
    expect(await received(state.aws())).toEqual([]);
  });

  test("an asynchronous invocation goes on with its retries, and with what comes after the last", async () => {
    const state = await restarting();
    await createQueue(state.aws());
    state.aws().lambda.putFunction({
      name: "broken",
      directory: new URL("../lambda/functions", import.meta.url).pathname,
      handler: "nowhere.handler",
      environment: {},
      roleArn: roleFor(state.aws(), "lambda.amazonaws.com"),
      timeoutSeconds: 3,
      memoryMb: 128,
      asynchronous: { retries: 2, deadLetterQueue: queueArn },
    });
    const event = { FunctionName: "broken", InvocationType: "Event", Payload: Buffer.from('{"n":1}') };
    await state.aws().call("lambda", "Invoke", event);
    await state.advance(minute / 2);
    await state.restart();
    await state.advance(minute / 2);
    await state.restart();
    await state.advance(2 * minute - 1);
    expect(await received(state.aws())).toEqual([]);
    await state.advance(1);
    expect(await received(state.aws())).toEqual(['{"n":1}']);
    await state.restart();
    await state.advance(10 * minute);
    expect(await received(state.aws())).toEqual([]);
  });
});
