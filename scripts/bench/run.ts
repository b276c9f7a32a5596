import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/**
 * Runs a command to its end and measures it: wall seconds, and the peak of the memory of its whole process tree
 * (proportional set size, so that shared pages count once; Linux only, NaN elsewhere). Rejects when it fails.
 */
export async function run(
  command: readonly string[],
  cwd: string,
): Promise<{ seconds: number; peakMegabytes: number }> {
  const [program = "", ...args] = command;
  const started = performance.now();
  const child = spawn(program, args, { cwd, stdio: ["ignore", "inherit", "inherit"] });
  let peak = Number.NaN;
  const sampling = setInterval(() => {
    const now = child.pid === undefined ? Number.NaN : treeKilobytes(child.pid);
    peak = Number.isNaN(peak) ? now : Math.max(peak, now);
  }, 200);
  const code = await new Promise((resolve, reject) => child.on("close", resolve).on("error", reject));
  clearInterval(sampling);
  if (code !== 0) throw new Error(`${command.join(" ")} ended with ${code}`);
  return {
    seconds: Math.round((performance.now() - started) / 100) / 10,
    peakMegabytes: Math.round(peak / 1024),
  };
}

function treeKilobytes(rootPid: number): number {
  const parents = new Map(processIds().map((pid) => [pid, parentOf(pid)]));
  const inTree = (pid: number | undefined): boolean =>
    pid === rootPid || (pid !== undefined && pid > 1 && inTree(parents.get(pid)));
  return [...parents.keys()].filter(inTree).reduce((sum, pid) => sum + proportionalKilobytes(pid), 0);
}

const read = (file: string) => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
};
const processIds = () => {
  try {
    return readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
};
const parentOf = (pid: number) => Number(/^PPid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
const proportionalKilobytes = (pid: number) =>
  Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
