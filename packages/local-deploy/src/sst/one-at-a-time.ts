import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Runs `work` while no other process does so in this directory: deployments of one work tree share `.sst/`. */
export async function oneAtATime<T>(
  directory: string,
  waiting: () => void,
  work: () => Promise<T>,
): Promise<T> {
  const lock = path.join(directory, "pid");
  mkdirSync(directory, { recursive: true });
  for (let said = false; !taken(lock); said = true) {
    if (!said) waiting();
    await sleep(100);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Whether the lock is ours now. One whose process is gone is removed, and taken at the next attempt. */
function taken(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    if (!alive(holder(lock))) rmSync(lock, { force: true });
    return false;
  }
}

function holder(lock: string): number {
  try {
    return Number(readFileSync(lock, "utf8"));
  } catch {
    return process.pid;
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
