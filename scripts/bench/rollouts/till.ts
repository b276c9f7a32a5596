import { setTimeout } from "node:timers/promises";

/** Asks every few milliseconds of wall time until the answer is yes. Rejects after `seconds` of it. */
export async function till(what: string, holds: () => Promise<boolean>, seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`${what}: not in ${seconds} s`);
    await setTimeout(EVERY_MS);
  }
}

const EVERY_MS = 5;
