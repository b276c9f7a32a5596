import { beforeEach, describe, expect, test } from "vitest";
import { AwsError } from "../../src/aws-error.ts";
import { createEvents } from "../../src/events/events.ts";
import { account, allow, attributesOf, queueArn, recorder, root, sentTo } from "../events/platform.ts";
import { type Scheduling, scheduling } from "./scheduling.ts";

const minute = 60_000;

let platform: Scheduling["platform"];
let sqs: Scheduling["sqs"];
let create: Scheduling["create"];
let sent: Scheduling["sent"];

beforeEach(() => {
  ({ platform, sqs, create, sent } = scheduling());
});

describe("a target", () => {
  const once = (target: object) => create("at(2026-01-01T00:01:00)", {}, target);
  const run = () => platform.clock.advance(minute);

  test("is called as the schedule's role, which has to be allowed to", async () => {
    const stranger = platform.putRole(
      "stranger",
      "scheduler.amazonaws.com",
      allow("sqs:SendMessage", queueArn("dead")),
    );
    await once({ RoleArn: stranger, DeadLetterConfig: { Arn: queueArn("dead") } });
    await run();
    expect(sent()).toEqual([]);
    expect(sentTo(sqs, "dead").map(attributesOf)).toMatchObject([
      {
        ERROR_CODE: "AccessDeniedException",
        RETRY_ATTEMPTS: "0",
        SCHEDULED_TIME: "2026-01-01T00:01:00Z",
        SCHEDULE_ARN: `arn:aws:scheduler:us-east-1:${account}:schedule/default/s`,
        TARGET_ARN: queueArn("q"),
      },
    ]);
  });

  test("that is a bus gets an event with the input as its detail", async () => {
    platform.add(createEvents(platform));
    const bus = `arn:aws:events:us-east-1:${account}:event-bus/default`;
    const to = (operation: string, input: object) => platform.call(root, "events", operation, input);
    await to("PutRule", { Name: "r", EventPattern: '{"source":["calendar"]}' });
    const forward = platform.putRole("forward", "events.amazonaws.com", allow("sqs:SendMessage"));
    await to("PutTargets", { Rule: "r", Targets: [{ Id: "1", Arn: queueArn("q"), RoleArn: forward }] });
    await once({
      Arn: bus,
      EventBridgeParameters: { Source: "calendar", DetailType: "Rollout Requested" },
      Input: '{"id":"<aws.scheduler.schedule-arn>"}',
    });
    await run();
    const arn = `arn:aws:scheduler:us-east-1:${account}:schedule/default/s`;
    expect(sent().map((body) => JSON.parse(String(body)))).toMatchObject([
      { source: "calendar", "detail-type": "Rollout Requested", resources: [arn], detail: { id: arn } },
    ]);
  });

  test("that is a bus and refuses the entry is tried again and ends as a dead letter", async () => {
    platform.add(createEvents(platform));
    await once({
      Arn: `arn:aws:events:us-east-1:${account}:event-bus/default`,
      EventBridgeParameters: { Source: "calendar", DetailType: "Rollout Requested" },
      Input: "not JSON",
      RetryPolicy: { MaximumRetryAttempts: 1 },
      DeadLetterConfig: { Arn: queueArn("dead") },
    });
    await platform.clock.advance(10 * minute);
    const [dead] = sentTo(sqs, "dead");
    expect(dead?.MessageBody).toBe("not JSON");
    expect(attributesOf(dead)).toMatchObject({
      ERROR_CODE: "MalformedDetail",
      RETRY_ATTEMPTS: "1",
      EXHAUSTED_RETRY_CONDITION: "MaximumRetryAttempts",
    });
  });

  test("is told a new execution id and number at each attempt", async () => {
    const seen: string[] = [];
    const invoke = {
      permissions: () => [],
      run({ Payload }: { Payload: Uint8Array }) {
        seen.push(Buffer.from(Payload).toString());
        if (seen.length < 3) throw new AwsError("ServiceException", "later", 500);
      },
    };
    platform.add({ name: "lambda", operations: { Invoke: invoke } });
    await once({
      Arn: `arn:aws:lambda:us-east-1:${account}:function:f`,
      Input: "<aws.scheduler.attempt-number> <aws.scheduler.execution-id>",
    });
    await platform.clock.advance(10 * minute);
    expect(seen.map((text) => text.split(" ")[0])).toEqual(["1", "2", "3"]);
    expect(new Set(seen.map((text) => text.split(" ")[1])).size).toBe(3);
  });

  test("may be any operation of a service", async () => {
    const start = { StartExecution: { action: "states:StartExecution", resource: () => "arn:machine" } };
    const states = recorder("states", start);
    platform.add(states);
    await once({
      Arn: "arn:aws:scheduler:::aws-sdk:sfn:startExecution",
      Input: '{"StateMachineArn":"arn:machine","Name":"run","Input":"{}"}',
    });
    await run();
    expect(states.calls.map(({ operation, input }) => [operation, input])).toEqual([
      ["StartExecution", { stateMachineArn: "arn:machine", name: "run", input: "{}" }],
    ]);
  });

  test.for([
    ["arn:aws:scheduler:::aws-sdk:sfn:makeCoffee", "{}", "ActionNotFoundException"],
    ["arn:aws:scheduler:::aws-sdk:sfn:startExecution", '{"Machine":"x"}', "InvalidJson"],
    ["arn:aws:scheduler:::aws-sdk:sfn:startExecution", "{", "InvalidJson"],
  ] as const)("named %s with %s ends as a dead letter", async ([Arn, Input, code]) => {
    await once({ Arn, Input, DeadLetterConfig: { Arn: queueArn("dead") } });
    await run();
    expect(sentTo(sqs, "dead").map(attributesOf)).toMatchObject([{ ERROR_CODE: code, RETRY_ATTEMPTS: "0" }]);
  });
});
