import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { onTestFinished } from "vitest";
import type { Asked, Told } from "./killable.ts";

/** A local AWS in a process of its own. */
export interface KillableAws {
  /** Never settles where the process is killed before it has answered. */
  // biome-ignore lint/suspicious/noExplicitAny: the output is the SDK's, named by the operation.
  call(service: Asked["service"], operation: string, input: object): Promise<any>;
  /** SIGKILL. Resolves when all that the process said before is heard. */
  kill(): Promise<void>;
}

export async function killableAws(directory: string): Promise<KillableAws> {
  const child: ChildProcess = fork(new URL("./killable.ts", import.meta.url).pathname, [directory], {
    serialization: "advanced",
    execArgv: [],
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const ready = Promise.withResolvers<void>();
  let calls = 0;
  child.once("exit", (code) => ready.reject(new Error(`the process ended with ${code}`)));
  child.on("message", (told: Told) => {
    if (told.type === "ready") return ready.resolve();
    const call = waiting.get(told.id);
    waiting.delete(told.id);
    if (told.type === "answered") call?.resolve(told.output);
    else call?.reject(new Error(told.message));
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  await ready.promise;
  return {
    call(service, operation, input) {
      calls += 1;
      const asked: Asked = { id: calls, service, operation, input };
      const call = Promise.withResolvers<unknown>();
      waiting.set(asked.id, call);
      child.send(asked);
      return call.promise;
    },
    async kill() {
      const heard = once(child, "disconnect");
      child.kill("SIGKILL");
      await heard;
    },
  };
}
