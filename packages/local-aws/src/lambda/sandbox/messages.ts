import type { Mishap } from "../mishap.ts";

/** What a worker is started with. */
export interface BootData {
  readonly functionName: string;
  readonly memoryMb: number;
  readonly logStream: string;
  /** The file with the handler; undefined where there is none. */
  readonly file: string | undefined;
  /** As configured, `bundle.handler`, and taken apart. */
  readonly handler: string;
  readonly modulePath: string;
  readonly exportPath: readonly string[];
  /** The root, as PEM, of who signs the certificates of all that the function can reach by TLS. */
  readonly authority: string | undefined;
}

/** How a function's VPC reaches Lattice. */
export interface Gateway {
  /** On loopback. */
  readonly port: number;
  /** The names of services that are not of Lattice's own making. */
  readonly customNames: readonly string[];
}

/** One invocation, as the worker is given it. */
export interface Invocation {
  readonly requestId: string;
  readonly functionArn: string;
  /** JSON. */
  readonly payload: string;
  readonly clientContext: string | undefined;
  /** Wall time, milliseconds since the epoch. */
  readonly deadline: number;
  readonly gateway: Gateway | undefined;
  readonly mishap: Mishap | undefined;
}

/** An invocation as it is posted: a frozen worker waits until the one number of `thawed` is not 0. */
export type PostedInvocation = Invocation & { readonly thawed: Int32Array };

/**
 * A failure as Lambda reports it.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
 */
export interface FunctionFailure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What a worker tells. After `fatal` it is of no further use. */
export type WorkerMessage =
  | { readonly type: "ready" }
  | { readonly type: "log"; readonly text: string }
  | { readonly type: "frozen" }
  | { readonly type: "returned"; readonly payload: string }
  | { readonly type: "failed"; readonly failure: FunctionFailure }
  | { readonly type: "fatal"; readonly failure: FunctionFailure };
