import { parentPort, workerData } from "node:worker_threads";
import { confineSockets } from "./confine-sockets.ts";
import { failureOf } from "./function-failure.ts";
import { type Handler, loadHandler } from "./load-handler.ts";
import type { BootData, Invocation, WorkerMessage } from "./messages.ts";

/** The program of a function's worker thread: loads the handler once, then runs it for each invocation. */
const boot = workerData as BootData;
let gatewayPort: number | undefined;

captureOutput();
confineSockets(() => gatewayPort);
process.on("uncaughtException", (error) => tell({ type: "fatal", failure: failureOf(error) }));
process.on("unhandledRejection", (reason) =>
  tell({ type: "fatal", failure: failureOf(reason, "Runtime.UnhandledPromiseRejection") }),
);

const loaded = await loadHandler(boot);
if (typeof loaded === "function") {
  parentPort?.on("message", (invocation: Invocation) => void run(loaded, invocation));
  tell({ type: "ready" });
} else {
  tell({ type: "fatal", failure: loaded });
}

function tell(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

async function run(handler: Handler, invocation: Invocation): Promise<void> {
  gatewayPort = invocation.gatewayPort;
  try {
    const result = await handler(JSON.parse(invocation.payload), contextOf(invocation));
    tell({ type: "returned", payload: serialised(result) });
  } catch (error) {
    tell({ type: "failed", failure: failureOf(error) });
  }
}

function serialised(result: unknown): string {
  try {
    return JSON.stringify(result) ?? "null";
  } catch (cause) {
    throw new Error("Unable to stringify response body", { cause });
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
function contextOf({ requestId, functionArn, clientContext, deadline }: Invocation) {
  return {
    functionName: boot.functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: functionArn,
    memoryLimitInMB: String(boot.memoryMb),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${boot.functionName}`,
    logStreamName: boot.logStream,
    callbackWaitsForEmptyEventLoop: true,
    clientContext: clientContext === undefined ? undefined : JSON.parse(clientContext),
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

/** Sends output through the port of the answers, so that a line written before the answer arrives before it. */
function captureOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const write = (chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean => {
      tell({ type: "log", text: typeof chunk === "string" ? chunk : Buffer.from(chunk).toString() });
      const written = rest.find((argument) => typeof argument === "function");
      if (written) queueMicrotask(() => written());
      return true;
    };
    stream.write = write;
  }
}
