import type { CreateScheduleInput, FlexibleTimeWindow, Target } from "@aws-sdk/client-scheduler";
import { checkRange } from "../events/operations/put-targets.ts";
import { checkName, refuse } from "../events/refuse.ts";
import type { Platform } from "../platform.ts";
import { parseExpression } from "./expression.ts";
import { templatedServices } from "./invocation/templated-target.ts";
import { onlyReads, universalTarget } from "./invocation/universal-target.ts";
import type { Schedule } from "./schedule.ts";

/** How long ago a schedule may have started, in milliseconds. */
const oldestStart = 5 * 60_000;

/** What CreateSchedule and UpdateSchedule ask for, with AWS's defaults. Throws ValidationException. */
export function checkSchedule(
  platform: Platform,
  input: CreateScheduleInput,
): Pick<Schedule, "name" | "groupName" | "expression" | "target" | "settings"> {
  const { Name = "", GroupName = "default", ScheduleExpression = "", ClientToken: _, ...rest } = input;
  checkName("name", Name, 64);
  const settings = {
    ...rest,
    Name,
    GroupName,
    ScheduleExpression,
    ActionAfterCompletion: input.ActionAfterCompletion ?? "NONE",
    ScheduleExpressionTimezone: input.ScheduleExpressionTimezone ?? "UTC",
    State: input.State ?? "ENABLED",
  } as const;
  checkWindow(input.FlexibleTimeWindow);
  checkDates(input, platform.clock.now());
  const expression = parseExpression(ScheduleExpression, settings.ScheduleExpressionTimezone);
  return {
    name: Name,
    groupName: GroupName,
    expression,
    settings,
    target: checkTarget(platform, input.Target),
  };
}

function checkWindow({ Mode, MaximumWindowInMinutes }: Partial<FlexibleTimeWindow> = {}): void {
  if (Mode !== "OFF" && Mode !== "FLEXIBLE")
    refuse(`FlexibleTimeWindow: Mode ${Mode} is neither OFF nor FLEXIBLE.`);
  if (Mode === "OFF" && MaximumWindowInMinutes !== undefined) {
    refuse("FlexibleTimeWindow: MaximumWindowInMinutes must not be given with Mode OFF.");
  }
  if (Mode === "FLEXIBLE" && MaximumWindowInMinutes === undefined) {
    refuse("FlexibleTimeWindow: MaximumWindowInMinutes must be given with Mode FLEXIBLE.");
  }
  checkRange("flexibleTimeWindow.maximumWindowInMinutes", MaximumWindowInMinutes, 1, 1440);
}

function checkDates({ ScheduleExpression = "", StartDate, EndDate }: CreateScheduleInput, now: number): void {
  if (ScheduleExpression.startsWith("at(")) return;
  if (StartDate !== undefined && StartDate.getTime() < now - oldestStart) {
    refuse("The StartDate you specify cannot be earlier than 5 minutes ago.");
  }
  if (EndDate === undefined) return;
  if (EndDate.getTime() <= now) refuse("The EndDate you specify cannot be in the past.");
  if (StartDate !== undefined && EndDate <= StartDate) refuse("The EndDate must come after the StartDate.");
}

function checkTarget(platform: Platform, target: Target | undefined): Schedule["target"] {
  const { Arn = "", RoleArn = "", Input, EventBridgeParameters, RetryPolicy } = target ?? {};
  const universal = universalTarget(Arn);
  if (universal === undefined && !isTemplated(Arn)) {
    refuse(
      `Provided Arn is not in correct format or not offered by this local AWS: ${Arn}. Offered are ${templatedServices.join(", ")} and arn:aws:scheduler:::aws-sdk:SERVICE:ACTION.`,
    );
  }
  if (universal !== undefined && onlyReads(universal.action)) {
    refuse(`${Arn} is not a supported target: it only reads.`);
  }
  if (Arn.includes(":event-bus/") && !(EventBridgeParameters?.Source && EventBridgeParameters.DetailType)) {
    refuse("EventBridgeParameters with Source and DetailType must be given for an event bus.");
  }
  if (Input === "") refuse("Input must not be empty.");
  checkRange("target.retryPolicy.maximumRetryAttempts", RetryPolicy?.MaximumRetryAttempts, 0, 185);
  checkRange(
    "target.retryPolicy.maximumEventAgeInSeconds",
    RetryPolicy?.MaximumEventAgeInSeconds,
    60,
    86_400,
  );
  checkTrust(platform, RoleArn);
  return { ...target, Arn, RoleArn };
}

function isTemplated(arn: string): boolean {
  const parts = arn.split(":");
  return parts[0] === "arn" && parts.length >= 6 && templatedServices.includes(parts[2] ?? "");
}

function checkTrust(platform: Platform, role: string): void {
  try {
    platform.assume(role, "scheduler", "scheduler.amazonaws.com");
  } catch {
    refuse("The execution role you provide must allow AWS EventBridge Scheduler to assume the role.");
  }
}
