import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Figure } from "../bench.ts";
import { run } from "./run.ts";

const root = path.resolve(import.meta.dirname, "../..");

/** What a newcomer waits for: the demonstration from `npm start` to its summary, its memory, and the test suite. */
export async function start({ quick }: { quick: boolean }): Promise<readonly Figure[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "espalier-bench-"));
  const reportFile = path.join(folder, "report.json");
  const demonstration = await run(["npm", "start", "--", "--once", "--report", reportFile], root);
  const report = JSON.parse(readFileSync(reportFile, "utf8"));
  rmSync(folder, { recursive: true });

  const figures: Figure[] = [
    { name: "first order served after", value: report.startedInSeconds, unit: "s", under: 15 },
    { name: "whole demonstration", value: demonstration.seconds, unit: "s", under: 120 },
    { name: "peak memory of all its processes", value: demonstration.peakMegabytes, unit: "MB", under: 1024 },
    {
      name: `largest handler bundle (${largestBundle().name})`,
      value: largestBundle().kilobytes,
      unit: "kB",
      under: 700,
    },
  ];
  if (quick) return figures;
  const tests = await run(["npm", "test"], root);
  return [...figures, { name: "npm test", value: tests.seconds, unit: "s", under: 360 }];
}

function largestBundle() {
  const bundles = globSync(".sst/artifacts/*/bundle.mjs", { cwd: root }).map((file) => ({
    name: path.basename(path.dirname(file)),
    kilobytes: Math.round(statSync(path.join(root, file)).size / 1000),
  }));
  return bundles.sort((a, b) => b.kilobytes - a.kilobytes)[0] ?? { name: "none", kilobytes: Number.NaN };
}
