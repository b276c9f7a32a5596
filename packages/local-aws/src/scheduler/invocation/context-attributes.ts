/** One attempt to run a schedule. */
export interface Attempt {
  readonly scheduleArn: string;
  /** `2026-11-22T21:15:00Z`. */
  readonly scheduledTime: string;
  /** New at each attempt. */
  readonly executionId: string;
  /** 1 for the first. */
  readonly number: number;
}

/**
 * Fills the attributes that an input can name.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
export function fillContextAttributes(input: string, attempt: Attempt): string {
  const attributes: Readonly<Record<string, string>> = {
    "<aws.scheduler.schedule-arn>": attempt.scheduleArn,
    "<aws.scheduler.scheduled-time>": attempt.scheduledTime,
    "<aws.scheduler.execution-id>": attempt.executionId,
    "<aws.scheduler.attempt-number>": String(attempt.number),
  };
  return input.replace(/<aws\.scheduler\.[a-z-]+>/g, (name) => attributes[name] ?? name);
}
