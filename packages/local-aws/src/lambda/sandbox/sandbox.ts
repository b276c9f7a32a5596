import { Worker } from "node:worker_threads";
import type { BootData, FunctionFailure, Invocation, PostedInvocation, WorkerMessage } from "./messages.ts";

/** How an invocation ended; `payload` is JSON. */
export type Outcome =
  | { readonly type: "returned"; readonly payload: string }
  | { readonly type: "failed"; readonly failure: FunctionFailure };

export interface SandboxSettings {
  readonly boot: BootData;
  readonly environment: Readonly<Record<string, string>>;
  readonly initTimeoutMs: number;
  readonly log: (text: string) => void;
}

/** One execution environment: a worker thread with a loaded handler, for one invocation at a time. */
export interface Sandbox {
  /** False once its thread is gone. */
  alive(): boolean;
  /**
   * Ends the thread where the deadline (wall time) passes first, whatever the handler is doing. `whenFrozen` hears of a handler that
   * freezes; its outcome comes nevertheless, once it is thawed.
   */
  run(invocation: Invocation, whenFrozen: (frozen: Frozen) => void): Promise<Outcome>;
  close(): Promise<void>;
}

/** A handler that does not go on before it is thawed, and how its caller hears of it. */
export interface Frozen {
  readonly failure: FunctionFailure;
  thaw(): void;
}

type Answer = Exclude<WorkerMessage, { type: "log" | "frozen" }>;

/** Starts a thread and loads the handler; answers the failure where that does not succeed. */
export async function startSandbox(settings: SandboxSettings): Promise<Sandbox | FunctionFailure> {
  const { boot, environment, initTimeoutMs, log } = settings;
  const worker = new Worker(new URL("./boot.mjs", import.meta.url), {
    workerData: boot,
    env: environment,
    execArgv: [],
    // Bounds JavaScript's heap only; what native code holds is not counted. A small young generation keeps a thread small.
    resourceLimits: { maxOldGenerationSizeMb: boot.memoryMb, maxYoungGenerationSizeMb: 3 },
    stdout: true,
    stderr: true,
  });
  let alive = true;
  let settle: (message: Answer) => void = () => {};
  let freeze = () => {};
  const end = (failure: FunctionFailure) => {
    alive = false;
    void worker.terminate();
    settle({ type: "fatal", failure });
  };
  // What is printed before the thread's program runs; from then on it sends its output as messages.
  for (const stream of [worker.stdout, worker.stderr]) stream.on("data", (chunk) => log(String(chunk)));
  worker.on("message", (message: WorkerMessage) => {
    if (message.type === "log") log(message.text);
    else if (message.type === "frozen") freeze();
    else if (message.type === "fatal") end(message.failure);
    else settle(message);
  });
  worker.on("error", (error) => end(crash(error)));
  worker.on("exit", (code) =>
    end({ errorType: "Runtime.ExitError", errorMessage: `Runtime exited with error: exit status ${code}` }),
  );

  let timer: NodeJS.Timeout | undefined;
  const next = async (timeoutMs: number, late: FunctionFailure) => {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    settle = resolve;
    timer = setTimeout(() => end(late), timeoutMs);
    const message = await promise;
    clearTimeout(timer);
    if (!alive) await worker.terminate();
    return message;
  };

  const ready = await next(initTimeoutMs, {
    errorType: "Sandbox.Timedout",
    errorMessage: `Init timed out after ${seconds(initTimeoutMs)} seconds`,
  });
  if (ready.type === "fatal") return ready.failure;

  return {
    alive: () => alive,
    async run(invocation, whenFrozen) {
      const timeoutMs = invocation.deadline - Date.now();
      const late = timedOut(timeoutMs);
      const answer = next(timeoutMs, late);
      const thawed = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
      freeze = () => {
        clearTimeout(timer);
        const thaw = () => {
          timer = setTimeout(() => end(late), timeoutMs);
          Atomics.store(thawed, 0, 1);
          Atomics.notify(thawed, 0);
        };
        whenFrozen({ failure: withRequest(late, invocation), thaw });
      };
      worker.postMessage({ ...invocation, thawed } satisfies PostedInvocation);
      const message = await answer;
      if (message.type === "fatal")
        return { type: "failed", failure: withRequest(message.failure, invocation) };
      if (message.type === "ready") throw new Error("a worker became ready twice");
      return message;
    },
    async close() {
      alive = false;
      await worker.terminate();
    },
  };
}

function timedOut(timeoutMs: number): FunctionFailure {
  return {
    errorType: "Sandbox.Timedout",
    errorMessage: `Task timed out after ${seconds(timeoutMs)} seconds`,
  };
}

function crash(error: Error & { code?: string }): FunctionFailure {
  const { name, code, message, stack = "" } = error;
  if (code !== "ERR_WORKER_OUT_OF_MEMORY")
    return { errorType: name, errorMessage: message, trace: stack.split("\n") };
  return { errorType: "Runtime.OutOfMemory", errorMessage: "Runtime exited with error: signal: killed" };
}

/** Failures that the runtime did not report itself name the request, as Lambda does. */
function withRequest(failure: FunctionFailure, { requestId }: Invocation): FunctionFailure {
  if (failure.trace) return failure;
  return { ...failure, errorMessage: `RequestId: ${requestId} Error: ${failure.errorMessage}` };
}

function seconds(ms: number): string {
  return (Math.round(ms / 10) / 100).toFixed(2);
}
