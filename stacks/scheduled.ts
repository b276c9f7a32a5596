import { logical, named } from "./names.ts";
import { serviceRole } from "./service-role.ts";

/** Invokes a function again and again, with the time at which it was due. What cannot be delivered is kept. */
export function scheduled(
  name: string,
  rate: `rate(${string})`,
  fn: sst.aws.Function,
  undelivered: aws.sqs.Queue,
): void {
  const role = serviceRole(`${name}-schedule`, "scheduler.amazonaws.com", [
    { actions: ["lambda:InvokeFunction"], resources: [fn.arn] },
    { actions: ["sqs:SendMessage"], resources: [undelivered.arn] },
  ]);
  new aws.scheduler.Schedule(`${logical(name)}Schedule`, {
    name: named(name),
    scheduleExpression: rate,
    flexibleTimeWindow: { mode: "OFF" },
    target: {
      arn: fn.arn,
      roleArn: role.arn,
      // The time is AWS's: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
      input: JSON.stringify({ at: "<aws.scheduler.scheduled-time>" }),
      deadLetterConfig: { arn: undelivered.arn },
    },
  });
}
