import { fork } from "node:child_process";
import { once } from "node:events";
import type { Server } from "node:net";
import path from "node:path";

/** A process of its own, so that each that is measured has a heap to itself. */
export interface Child<Told> {
  readonly pid: number | undefined;
  /** What it said when it was ready. */
  readonly told: Told;
  close(): Promise<void>;
}

/** Runs a file of this folder until it says that it is ready; rejects where it ends instead. */
export async function startChild<Told>(file: string, args: readonly string[] = []): Promise<Child<Told>> {
  const child = fork(path.join(import.meta.dirname, file), [...args], {
    // What a peer says of itself while it starts is not part of the table.
    execArgv: ["--no-deprecation"],
  });
  const [told] = await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => {
      throw new Error(`${file} ended with ${code} before it was ready`);
    }),
  ]);
  return {
    pid: child.pid,
    told,
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill();
      await ended;
    },
  };
}

/** In the child: says that it is ready, and ends when its parent has. */
export function say(told: object): void {
  process.once("disconnect", () => process.exit());
  process.send?.(told);
}

/** In the child: listens on a free port of 127.0.0.1 and says which. */
export function ready(server: Server): void {
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("not listening");
    say({ port: address.port });
  });
}
