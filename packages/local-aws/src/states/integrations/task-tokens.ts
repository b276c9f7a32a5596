import { AwsError } from "../../aws-error.ts";
import type { CallbackOutcome } from "../engine/mark.ts";

/** A task that waits to be called back. */
export interface PendingTask {
  readonly token: string;
  /** What it was told, if that has arrived. */
  readonly outcome: CallbackOutcome | undefined;
  /** Calls `listener` with the outcome, at once if it has arrived already. */
  onOutcome(listener: (outcome: CallbackOutcome) => void): void;
  onHeartbeat(listener: () => void): void;
  /** Calls `listener` in the turn in which the outcome arrives, before anybody acts on it. */
  onArrival(listener: () => void): void;
  /** From here on its token is refused. */
  close(): void;
}

/** A token that the process before this one gave away. */
export interface IssuedToken {
  readonly token: string;
  readonly outcome?: CallbackOutcome | undefined;
}

/** The callback tokens of all running tasks. A token serves one attempt of one task, once. */
export interface TaskTokens {
  /** A new token, or the one that a process before has issued, with the outcome if that has arrived. */
  issue(executionArn: string, issued?: IssuedToken): PendingTask;
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
    issue(executionArn, issued) {
      const token =
        issued?.token ?? Buffer.from(JSON.stringify([executionArn, hexId(32)])).toString("base64");
      let outcome = issued?.outcome;
      let told = () => {};
      let arrived: (outcome: CallbackOutcome) => void = () => {};
      let beat = () => {};
      const complete = (said: CallbackOutcome) => {
        pending.delete(token);
        outcome = said;
        told();
        arrived(said);
      };
      if (outcome === undefined) pending.set(token, { complete, heartbeat: () => beat() });
      return {
        token,
        get outcome() {
          return outcome;
        },
        onOutcome(listener) {
          arrived = listener;
          if (outcome !== undefined) listener(outcome);
        },
        onHeartbeat(listener) {
          beat = listener;
        },
        onArrival(listener) {
          told = listener;
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
