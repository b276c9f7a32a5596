import * as z from "zod";
import { creator } from "./creator.ts";

/** A bus. */
export const eventBus = creator(z.object({ name: z.string() }), ({ name }, _, { aws }) =>
  aws.call("events", "CreateEventBus", { Name: name }),
);

const Rule = z.object({
  name: z.string(),
  eventBusName: z.string().optional(),
  eventPattern: z.string(),
});

/** A rule that selects events by a pattern. */
export const eventRule = creator(Rule, ({ name, eventBusName, eventPattern }, _, { aws }) =>
  aws.call("events", "PutRule", { Name: name, EventBusName: eventBusName, EventPattern: eventPattern }),
);

const Target = z.object({
  rule: z.string(),
  eventBusName: z.string().optional(),
  targetId: z.string(),
  arn: z.string(),
  roleArn: z.string().optional(),
  deadLetterConfig: z.object({ arn: z.string() }).optional(),
});

/** Where a rule's events go. */
export const eventTarget = creator(Target, async (inputs, { urn }, { aws }) => {
  const { FailedEntryCount, FailedEntries } = await aws.call("events", "PutTargets", {
    Rule: inputs.rule,
    EventBusName: inputs.eventBusName,
    Targets: [
      {
        Id: inputs.targetId,
        Arn: inputs.arn,
        RoleArn: inputs.roleArn,
        DeadLetterConfig: inputs.deadLetterConfig && { Arn: inputs.deadLetterConfig.arn },
      },
    ],
  });
  if (FailedEntryCount > 0) throw new Error(`${urn}: ${FailedEntries[0].ErrorMessage}`);
});

/** A group of schedules. */
export const scheduleGroup = creator(z.object({ name: z.string() }), ({ name }, _, { aws }) =>
  aws.call("scheduler", "CreateScheduleGroup", { Name: name }),
);

const Schedule = z.object({
  name: z.string(),
  groupName: z.string().optional(),
  scheduleExpression: z.string(),
  flexibleTimeWindow: z.object({ mode: z.literal("OFF") }),
  target: z.object({
    arn: z.string(),
    roleArn: z.string(),
    input: z.string().optional(),
    deadLetterConfig: z.object({ arn: z.string() }).optional(),
  }),
});

/** A schedule and its target. */
export const schedule = creator(Schedule, (inputs, _, { aws }) =>
  aws.call("scheduler", "CreateSchedule", {
    Name: inputs.name,
    GroupName: inputs.groupName,
    ScheduleExpression: inputs.scheduleExpression,
    FlexibleTimeWindow: { Mode: "OFF" },
    Target: {
      Arn: inputs.target.arn,
      RoleArn: inputs.target.roleArn,
      Input: inputs.target.input,
      DeadLetterConfig: inputs.target.deadLetterConfig && { Arn: inputs.target.deadLetterConfig.arn },
    },
  }),
);
