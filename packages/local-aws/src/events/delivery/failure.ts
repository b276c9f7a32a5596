import { AwsError } from "../../aws-error.ts";

/**
 * The class of a failed delivery, as EventBridge writes it into a dead letter's ERROR_CODE; EVENT_LOOP is ours.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export type FailureCode =
  | "NO_PERMISSIONS"
  | "NO_RESOURCE"
  | "INVALID_JSON"
  | "EVENT_LOOP"
  | "THROTTLING"
  | "ERROR_FROM_TARGET";

export function failureCode(error: unknown): FailureCode {
  const code = error instanceof AwsError ? error.code : "";
  if (/^AccessDenied/.test(code)) return "NO_PERMISSIONS";
  if (/NotFound|DoesNotExist|NonExistent|NotATarget/.test(code)) return "NO_RESOURCE";
  if (code === "InvalidJson") return "INVALID_JSON";
  if (code === "EventLoopNotAllowed") return "EVENT_LOOP";
  if (/Throttl|TooManyRequests/.test(code)) return "THROTTLING";
  return "ERROR_FROM_TARGET";
}

/** Whether trying again cannot help: a missing permission or resource, or an input that never becomes valid. */
export function isPermanent(error: unknown): boolean {
  return ["NO_PERMISSIONS", "NO_RESOURCE", "INVALID_JSON", "EVENT_LOOP"].includes(failureCode(error));
}

export function failureMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
