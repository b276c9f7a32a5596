/** A function as it is deployed. */
export interface FunctionSettings {
  readonly name: string;
  /** The number of a published version, or an alias; without it the function itself, `$LATEST`. Each is deployed on its own. */
  readonly version?: string;
  /** Holds the bundle, or TypeScript sources that run unbuilt. */
  readonly directory: string;
  /** Whether the directory has all that the function needs: then a data directory keeps a copy of it. */
  readonly selfContained?: boolean;
  /** `bundle.handler`, `order/order.handler`: a file below the directory without its ending, and the export. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly roleArn: string;
  /** Wall time. */
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly vpcId?: string;
  /** Above it Lambda throttles; without it invocations wait for one of this machine's threads. */
  readonly reservedConcurrency?: number;
  /** What becomes of asynchronous invocations that fail. */
  readonly asynchronous?: {
    /** Retries after the first failure: 0 to 2, 2 by default. */
    readonly retries?: number;
    /** ARN of the SQS queue that gets the event. */
    readonly deadLetterQueue?: string;
    /** ARN of the SQS queue that gets the event and the failure. */
    readonly onFailure?: string;
  };
}
