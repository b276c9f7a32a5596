import type { JsonObject } from "../json.ts";

/** How a state fails in the States Language: what Retry and Catch match, and what an execution ends with. */
export class StateFailure extends Error {
  override readonly name = "StateFailure";
  /** The error name, `States.Timeout` or a workflow's own. A Fail state may give none. */
  readonly error: string | undefined;
  /** The text that AWS calls Cause. */
  readonly reason: string | undefined;

  constructor(error: string | undefined, reason: string | undefined, options?: ErrorOptions) {
    super([error, reason].filter((part) => part !== undefined).join(": "), options);
    this.error = error;
    this.reason = reason;
  }
}

/** The failure as `$states.errorOutput`. */
export function errorOutput({ error, reason }: StateFailure): JsonObject {
  return { Error: error ?? "", ...(reason === undefined ? {} : { Cause: reason }) };
}

/** The failure as the details of history events spell it. */
export function failureDetails({ error, reason }: Pick<StateFailure, "error" | "reason">): {
  error?: string;
  cause?: string;
} {
  return { ...(error === undefined ? {} : { error }), ...(reason === undefined ? {} : { cause: reason }) };
}

const never = ["States.Runtime"];
const onlyByName = ["States.DataLimitExceeded"];

/**
 * Whether a Retrier's or Catcher's ErrorEquals covers a failure.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function covers(errorEquals: readonly string[], { error = "" }: StateFailure): boolean {
  if (never.includes(error)) return false;
  return errorEquals.some((pattern) => {
    if (pattern === "States.ALL") return !onlyByName.includes(error);
    if (pattern === "States.TaskFailed")
      return pattern === error || !["States.Timeout", ...onlyByName].includes(error);
    return pattern === error;
  });
}
