/** The executions of the rollout workflow. */
export interface Executions {
  /** The ARN that an execution of this name has or would have. */
  arnOf(name: string): string;
  /** Starts an execution; one of this name that is already there will do. */
  start(name: string, input: unknown): Promise<void>;
  isRunning(arn: string): Promise<boolean>;
}

/** Ends the wait behind a task token; one that is over already will do. */
export type Waker = (token: string) => Promise<void>;
