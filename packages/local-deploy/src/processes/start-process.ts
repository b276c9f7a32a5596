import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, openSync } from "node:fs";
import path from "node:path";
import { DeployError } from "../deploy-error.ts";
import { freePort, listening } from "./loopback-port.ts";
import type { ProcessPlan } from "./process-plan.ts";

/** A process that stands for a container or an instance. */
export interface Process {
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  /** Ends the process and waits until it is gone. */
  close(): Promise<void>;
}

const endWithParent = new URL("./end-with-parent.ts", import.meta.url).href;

/**
 * Starts a plan's command as a process in `root`, on a free port of its own (PORT, HOST), and waits until it listens. Its
 * output goes to a file in `logs`. Throws DeployError if it ends or does not listen within 20 s.
 */
export async function startProcess(plan: ProcessPlan, root: string, logs: string): Promise<Process> {
  const [program, ...words] = plan.command;
  if (program !== "node") throw new DeployError(`${plan.name}: only node can be run here, not ${program}`);
  const port = await freePort();
  mkdirSync(logs, { recursive: true });
  const log = path.join(logs, `${plan.name}.log`);
  const output = openSync(log, "w");
  const child = spawn(process.execPath, ["--import", endWithParent, ...words], {
    cwd: root,
    stdio: ["ignore", output, output, "ipc"],
    env: {
      PATH: process.env.PATH,
      // Several of these run beside everything else: what is compiled once takes less memory.
      NODE_COMPILE_CACHE: path.join(logs, "compile-cache"),
      ...plan.environment,
      PORT: String(port),
      HOST: "127.0.0.1",
    },
  });
  const made = { address: `127.0.0.1:${port}`, close: () => end(child) };
  const ended = once(child, "exit").then(([code, signal]) => code ?? signal);
  const result = await Promise.race([ended, listening(port, 20_000)]);
  if (result === true) return made;
  await made.close();
  const why = result === false ? "does not listen on its PORT" : `ended with ${result}`;
  throw new DeployError(`${plan.name}: ${plan.command.join(" ")} ${why}; see ${path.relative(root, log)}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill();
  await gone;
}
