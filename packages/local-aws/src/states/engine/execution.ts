import type { LoggingConfiguration } from "@aws-sdk/client-sfn";
import type { StateMachineDefinition } from "../definition/state-machine-definition.ts";
import type { History } from "./history.ts";
import type { StateFailure } from "./state-failure.ts";

/** A state machine as it was at one time: an execution keeps the revision it was started with. */
export interface Revision {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly type: "STANDARD" | "EXPRESS";
  /** The text as it was given. */
  readonly text: string;
  readonly definition: StateMachineDefinition;
  readonly roleArn: string;
  readonly logging: LoggingConfiguration | undefined;
  readonly revisionId: string;
  /** AWS time, milliseconds since the epoch. */
  readonly updatedAt: number;
}

/** How an execution ended. Output is JSON text, as AWS keeps it. */
export type Ending =
  | { readonly status: "SUCCEEDED"; readonly at: number; readonly output: string }
  | {
      readonly status: "FAILED" | "ABORTED";
      readonly at: number;
      readonly failure: Pick<StateFailure, "error" | "reason">;
    }
  | { readonly status: "TIMED_OUT"; readonly at: number };

export interface Execution {
  readonly arn: string;
  readonly name: string;
  /** The place in the order in which executions were started. */
  readonly number: number;
  readonly revision: Revision;
  /** JSON text, as it was given. */
  readonly input: string;
  /** AWS time, milliseconds since the epoch. */
  readonly startedAt: number;
  readonly history: History;
  /** Undefined while it runs. */
  ending: Ending | undefined;
  /** Called once, in the turn in which the execution ends. */
  readonly whenEnded: Set<() => void>;
  /** Ends a running execution from outside. */
  stop: (failure: StateFailure) => void;
}

export function statusOf({ ending }: Execution): "RUNNING" | Ending["status"] {
  return ending?.status ?? "RUNNING";
}
