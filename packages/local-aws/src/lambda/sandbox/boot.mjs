// The program of a function's worker thread is JavaScript: to strip types takes each thread 10 MB and twice the time to start.
import { setDefaultCACertificates } from "node:tls";
import { parentPort, workerData } from "node:worker_threads";
import { confineSockets } from "./confine-sockets.mjs";
import { failureOf } from "./failure-of.mjs";
import { loadHandler } from "./load-handler.mjs";
import { mishap } from "./mishap.mjs";

/** @type {import("./messages.ts").BootData} */
const boot = workerData;
/** @type {import("./messages.ts").Gateway | undefined} */
let gateway;

captureOutput();
confineSockets(() => gateway);
if (boot.authority !== undefined) setDefaultCACertificates([boot.authority]);
process.on("uncaughtException", (error) => tell({ type: "fatal", failure: failureOf(error) }));
process.on("unhandledRejection", (reason) =>
  tell({ type: "fatal", failure: failureOf(reason, "Runtime.UnhandledPromiseRejection") }),
);

const loaded = await loadHandler(boot);
if (typeof loaded === "function") {
  parentPort?.on("message", (invocation) => void run(loaded, invocation));
  tell({ type: "ready" });
} else {
  tell({ type: "fatal", failure: loaded });
}

/** @param {import("./messages.ts").WorkerMessage} message */
function tell(message) {
  parentPort?.postMessage(message);
}

/**
 * @param {import("./load-handler.mjs").Handler} handler
 * @param {import("./messages.ts").PostedInvocation} invocation
 */
async function run(handler, invocation) {
  gateway = invocation.gateway;
  const ended = mishap(invocation, tell);
  const message = await answerOf(handler, invocation);
  ended();
  tell(message);
}

/**
 * @param {import("./load-handler.mjs").Handler} handler
 * @param {import("./messages.ts").PostedInvocation} invocation
 * @returns {Promise<import("./messages.ts").WorkerMessage>}
 */
async function answerOf(handler, invocation) {
  try {
    const result = await handler(JSON.parse(invocation.payload), contextOf(invocation));
    return { type: "returned", payload: serialised(result) };
  } catch (error) {
    return { type: "failed", failure: failureOf(error) };
  }
}

/** @param {unknown} result */
function serialised(result) {
  try {
    return JSON.stringify(result) ?? "null";
  } catch (cause) {
    throw new Error("Unable to stringify response body", { cause });
  }
}

/**
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 *
 * @param {import("./messages.ts").PostedInvocation} invocation
 */
function contextOf({ requestId, functionArn, clientContext, deadline }) {
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
function captureOutput() {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk, ...rest) => {
      tell({ type: "log", text: typeof chunk === "string" ? chunk : Buffer.from(chunk).toString() });
      const written = rest.find((argument) => typeof argument === "function");
      if (written) queueMicrotask(() => written());
      return true;
    };
  }
}
