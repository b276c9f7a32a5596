import { once } from "node:events";

/** Resolves when the user asks this process to stop. */
export const untilStopped = (): Promise<unknown> =>
  Promise.race([once(process, "SIGINT"), once(process, "SIGTERM"), once(process, "SIGHUP")]);
