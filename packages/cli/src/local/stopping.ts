import { once } from "node:events";
import { ExitCode, UserError } from "../fail.ts";

/** How long this process stays after it was asked to stop, in milliseconds: Node's last moments are open to signals. */
const ECHO_MS = 250;

/**
 * A signal that aborts when the user asks this process to stop. The process outlives the same wish told again: one Ctrl-C
 * reaches it up to three times, from the terminal, npm and the set-up script.
 */
export function stopAsked(): AbortSignal {
  const asked = new AbortController();
  const ask = () => {
    asked.abort();
    setTimeout(() => undefined, ECHO_MS);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, ask);
  return asked.signal;
}

/** Resolves when the user asks to stop. */
export async function untilStopped(stop: AbortSignal): Promise<void> {
  // A signal's handler keeps no process alive.
  const alive = setInterval(() => undefined, 2 ** 30);
  if (!stop.aborted) await once(stop, "abort");
  clearInterval(alive);
}

/** What `work` comes to. Throws UserError as soon as the user asks to stop; the work is then on its own. */
export async function unlessStopped<T>(stop: AbortSignal, work: Promise<T>): Promise<T> {
  const stopped = Promise.withResolvers<never>();
  const leave = () => stopped.reject(new UserError("stopped", { exitCode: ExitCode.interrupted }));
  stop.addEventListener("abort", leave, { once: true });
  if (stop.aborted) leave();
  try {
    return await Promise.race([work, stopped.promise]);
  } finally {
    stop.removeEventListener("abort", leave);
  }
}
