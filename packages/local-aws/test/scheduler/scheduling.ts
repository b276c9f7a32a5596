import { createScheduler } from "../../src/scheduler/scheduler.ts";
import {
  allow,
  queueArn,
  queues,
  type Recorder,
  root,
  sentTo,
  type TestPlatform,
  testPlatform,
} from "../events/platform.ts";

/** Scheduler with queues that only remember, on a clock that stands. */
export interface Scheduling {
  readonly platform: TestPlatform;
  readonly sqs: Recorder;
  /** A role that Scheduler may assume and that may do everything. */
  readonly role: string;
  /** Makes a call as root. */
  // biome-ignore lint/suspicious/noExplicitAny: as Platform's call.
  readonly call: (operation: string, input: object) => Promise<any>;
  /** A schedule `s` that sends the time it was due to the queue `q`. */
  // biome-ignore lint/suspicious/noExplicitAny: as Platform's call.
  readonly create: (expression: string, more?: object, target?: object) => Promise<any>;
  /** What the queue `q` was sent. */
  readonly sent: () => unknown[];
}

export function scheduling(): Scheduling {
  const platform = testPlatform();
  const sqs = queues("nobody.amazonaws.com");
  const role = platform.putRole("scheduler", "scheduler.amazonaws.com", allow("*"));
  platform.add(sqs);
  platform.add(createScheduler(platform));
  const call = (operation: string, input: object) => platform.call(root, "scheduler", operation, input);
  return {
    platform,
    sqs,
    role,
    call,
    create: (expression, more = {}, target = {}) =>
      call("CreateSchedule", {
        Name: "s",
        ScheduleExpression: expression,
        FlexibleTimeWindow: { Mode: "OFF" },
        Target: { Arn: queueArn("q"), RoleArn: role, Input: "<aws.scheduler.scheduled-time>", ...target },
        ...more,
      }),
    sent: () => sentTo(sqs, "q").map(({ MessageBody }) => MessageBody),
  };
}
