import type { CreateScheduleInput, Target } from "@aws-sdk/client-scheduler";
import type { Expression } from "./expression.ts";

export interface Schedule {
  readonly arn: string;
  readonly name: string;
  readonly groupName: string;
  readonly expression: Expression;
  readonly target: Target & { readonly Arn: string; readonly RoleArn: string };
  /** What was asked for, with AWS's defaults. */
  readonly settings: CreateScheduleInput;
  /** AWS time in milliseconds. */
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface ScheduleGroup {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: number;
  /** By their name. */
  readonly schedules: Map<string, Schedule>;
}
