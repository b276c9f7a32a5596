import { randomUUID } from "node:crypto";
import { AwsError } from "../aws-error.ts";
import type { Caller, Platform } from "../platform.ts";
import { functionEnvironment, type SessionCredentials } from "./function-environment.ts";
import { functionArn, qualifiedName } from "./function-name.ts";
import type { FunctionSettings } from "./function-settings.ts";
import { handlerFile } from "./handler-file.ts";
import type { KeptBundles } from "./kept-bundles.ts";
import { runOrTimeOut } from "./late.ts";
import type { Mishap } from "./mishap.ts";
import type { Lingering } from "./sandbox/lingering.ts";
import type { Gateway } from "./sandbox/messages.ts";
import { sandboxPool } from "./sandbox/pool.ts";
import { type Outcome, startSandbox } from "./sandbox/sandbox.ts";

/** What functions need of the rest of the local AWS. */
export interface LambdaParts {
  /** Where the local AWS answers; asked when a function starts. */
  readonly endpoint: () => string;
  readonly credentialsOf: (caller: Caller) => SessionCredentials;
  /** How a VPC reaches Lattice; asked at each invocation. */
  readonly network: (vpcId: string | undefined) => Gateway | undefined;
  /** The root, as PEM, that functions in a VPC trust; asked when one of them starts. */
  readonly authority: () => Promise<string>;
  /** What is to happen to the invocation of a function that is about to begin; asked once for each. */
  readonly mishap: (functionName: string) => Mishap | undefined;
  /** Threads of one function at a time; each takes some 20 MB. */
  readonly sandboxes?: number;
}

/** The same, and what all functions share. */
export interface FunctionParts extends LambdaParts {
  readonly lingering: Lingering;
}

/** What is kept of a function. */
export interface Deployment {
  readonly settings: FunctionSettings;
  /** The session of its role that it runs as. */
  readonly caller: Caller;
  readonly revisionId: string;
  /** AWS time, milliseconds. */
  readonly modifiedAt: number;
}

/** A deployed function. */
export interface LambdaFunction extends Deployment {
  readonly deployment: Deployment;
  readonly arn: string;
  /** Runs it once, without retries. Throws TooManyRequestsException. */
  run(event: {
    readonly payload: string;
    readonly requestId: string;
    readonly clientContext?: string;
  }): Promise<Outcome>;
  /** Writes to its log group what no thread of it could. */
  log(message: string): void;
  /** Lets the invocations there are finish and keeps no thread after them. */
  retire(): void;
  close(): Promise<void>;
}

const RESPONSE_LIMIT = 6 * 1024 * 1024;
/** Lambda's own limit on Init; where it is passed, Init is run again within the function's timeout. */
const INIT_LIMIT_MS = 10_000;
const IDLE_MS = 5_000;
/** Log stream of what Lambda itself says. */
const SERVICE_STREAM = "lambda";
/** The account's concurrency: invocations that run or wait. */
const CONCURRENCY = 1000;

/** A new deployment of a function. Throws AwsError where Lambda may not assume its role. */
export function deployment(platform: Platform, bundles: KeptBundles, settings: FunctionSettings): Deployment {
  const caller = platform.assume(settings.roleArn, settings.name, "lambda.amazonaws.com");
  const revisionId = randomUUID();
  return {
    settings: bundles.kept(settings, revisionId),
    caller,
    revisionId,
    modifiedAt: platform.clock.now(),
  };
}

/** The function of a deployment. */
export function lambdaFunction(
  platform: Platform,
  parts: FunctionParts,
  deployment: Deployment,
): LambdaFunction {
  const { settings, caller } = deployment;
  const { name, memoryMb, handler } = settings;
  const arn = functionArn(qualifiedName(name, settings.version), platform);
  const log = (stream: string, message: string) =>
    platform.log({ group: `/aws/lambda/${name}`, stream, at: platform.clock.now(), message });
  const pool = sandboxPool(
    async () => {
      const logStream = logStreamName(platform);
      const authority = settings.vpcId === undefined ? undefined : await parts.authority();
      return startSandbox({
        boot: {
          functionName: name,
          memoryMb,
          logStream,
          authority,
          ...handlerFile(settings.directory, handler),
        },
        environment: functionEnvironment(settings, {
          region: platform.region,
          endpoint: parts.endpoint(),
          logStream,
          credentials: parts.credentialsOf(caller),
        }),
        initTimeoutMs: INIT_LIMIT_MS + settings.timeoutSeconds * 1000,
        log: (text) => log(logStream, text.replace(/\n$/, "")),
      });
    },
    { sandboxes: parts.sandboxes ?? 6, idleMs: IDLE_MS, lingering: parts.lingering },
  );
  const observe = (metric: string, value: number, unit: string) =>
    platform.observe({
      namespace: "AWS/Lambda",
      metric,
      dimensions: { FunctionName: name },
      at: platform.clock.now(),
      value,
      unit,
    });

  // So that it is open when the function is first invoked.
  parts.network(settings.vpcId);
  let running = 0;
  const limit = settings.reservedConcurrency ?? CONCURRENCY;
  return {
    ...deployment,
    deployment,
    arn,
    async run({ payload, requestId, clientContext }) {
      if (running >= limit) {
        observe("Throttles", 1, "Count");
        throw throttled(settings.reservedConcurrency === undefined);
      }
      running += 1;
      const done = platform.clock.busy();
      let startedAt = performance.now();
      try {
        const mishap = parts.mishap(name);
        const begin = () => {
          startedAt = performance.now();
          return {
            requestId,
            functionArn: arn,
            payload,
            clientContext,
            deadline: Date.now() + settings.timeoutSeconds * 1000,
            gateway: parts.network(settings.vpcId),
            mishap,
          };
        };
        const outcome = await runOrTimeOut(platform.clock, mishap, (whenFrozen) =>
          pool.run(begin, whenFrozen),
        );
        const checked = withinLimit(outcome);
        observe("Invocations", 1, "Count");
        observe("Duration", performance.now() - startedAt, "Milliseconds");
        observe("Errors", checked.type === "failed" ? 1 : 0, "Count");
        if (checked.type === "failed")
          log(SERVICE_STREAM, `${requestId} ERROR Invoke Error ${JSON.stringify(checked.failure)}`);
        return checked;
      } finally {
        running -= 1;
        done();
      }
    },
    log: (message) => log(SERVICE_STREAM, message),
    retire: pool.retire,
    close: pool.close,
  };
}

function withinLimit(outcome: Outcome): Outcome {
  if (outcome.type === "failed" || Buffer.byteLength(outcome.payload) <= RESPONSE_LIMIT) return outcome;
  const size = Buffer.byteLength(outcome.payload);
  const message = `Response payload size (${size} bytes) exceeded maximum allowed payload size (${RESPONSE_LIMIT} bytes).`;
  return { type: "failed", failure: { errorType: "Function.ResponseSizeTooLarge", errorMessage: message } };
}

/** `2026/11/22/[$LATEST]…` by AWS time. */
function logStreamName({ clock, hexId }: Platform): string {
  const day = new Date(clock.now()).toISOString().slice(0, 10).replaceAll("-", "/");
  return `${day}/[$LATEST]${hexId(32)}`;
}

function throttled(byAccount: boolean): AwsError {
  const Reason = byAccount
    ? "ConcurrentInvocationLimitExceeded"
    : "ReservedFunctionConcurrentInvocationLimitExceeded";
  return new AwsError("TooManyRequestsException", "Rate Exceeded.", 429, { Reason, Type: "User" });
}
