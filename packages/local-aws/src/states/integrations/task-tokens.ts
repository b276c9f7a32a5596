import { AwsError } from "../../aws-error.ts";
import type { StateFailure } from "../engine/state-failure.ts";
import type { Json } from "../json.ts";

/** What a callback says: the task's result, or how it failed. */
type CallbackOutcome =
  | { readonly type: "success"; readonly output: Json }
  | { readonly type: "failure"; readonly failure: StateFailure };

/** A task that waits to be called back. */
export interface PendingTask {
  readonly token: string;
  /** Calls `listener` with the outcome, at once if it has arrived already. */
  onOutcome(listener: (outcome: CallbackOutcome) => void): void;
  onHeartbeat(listener: () => void): void;
  /** From here on its token is refused. */
  close(): void;
}

/** The callback tokens of all running tasks. A token serves one attempt of one task, once. */
export interface TaskTokens {
  issue(executionArn: string): PendingTask;
  /** Each throws InvalidToken, TaskDoesNotExist or TaskTimedOut where no task waits with this token. */
  complete(token: string, outcome: CallbackOutcome): void;
  heartbeat(token: string): void;
}

export function createTaskTokens(
  hexId: (length: number) => string,
  executionExists: (arn: string) => boolean,
): TaskTokens {
  const pending = new Map<string, { complete(outcome: CallbackOutcome): void; heartbeat(): void }>();
  const find = (token: string) => {
    const task = pending.get(token);
    if (task !== undefined) return task;
    const executionArn = executionOf(token);
    if (executionArn === undefined) throw new AwsError("InvalidToken", "Invalid Token: 'Invalid token'");
    if (!executionExists(executionArn))
      throw new AwsError(
        "TaskDoesNotExist",
        "Task does not exist: 'The execution of this task is not known'",
      );
    throw new AwsError("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
  };

  return {
    issue(executionArn) {
      const token = Buffer.from(JSON.stringify([executionArn, hexId(32)])).toString("base64");
      let outcome: CallbackOutcome | undefined;
      let arrived: (outcome: CallbackOutcome) => void = () => {};
      let beat = () => {};
      pending.set(token, {
        complete(told) {
          pending.delete(token);
          outcome = told;
          arrived(told);
        },
        heartbeat: () => beat(),
      });
      return {
        token,
        onOutcome(listener) {
          arrived = listener;
          if (outcome !== undefined) listener(outcome);
        },
        onHeartbeat(listener) {
          beat = listener;
        },
        close: () => void pending.delete(token),
      };
    },
    complete: (token, outcome) => find(token).complete(outcome),
    heartbeat: (token) => find(token).heartbeat(),
  };
}

function executionOf(token: string): string | undefined {
  try {
    const [arn, id] = JSON.parse(Buffer.from(token, "base64").toString());
    return typeof arn === "string" && typeof id === "string" ? arn : undefined;
  } catch {
    return undefined;
  }
}
