import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Figure } from "../bench.ts";
import { quantile } from "./lattice/load.ts";
import { type Applied, applied, planTimes } from "./topology/applying.ts";
import { writeTopologyTable } from "./topology/write-table.ts";

const ALL = { planned: 2000, applied: [25, 50, 100, 200], plans: 200 } as const;
const FEWER = { planned: 200, applied: [5, 10], plans: 20 } as const;

/** What planning and applying take, and how many calls of Lattice. A whole run writes the page in the docs. */
export async function topology({ quick }: { quick: boolean }): Promise<readonly Figure[]> {
  const sizes = quick ? FEWER : ALL;
  const runs: Applied[] = [];
  for (const size of sizes.applied) runs.push(await applied(size));
  const figures = [
    ...planning(sizes.planned),
    ...runs.flatMap((run) => applying(run, runs[0])),
    ...noChange(await planTimes(sizes.plans)),
  ];
  if (!quick) writeTopologyTable(figures);
  return figures;
}

interface Planned {
  readonly readSeconds: number;
  readonly newSeconds: number;
  readonly unchangedSeconds: number;
  readonly megabytes: number;
}

/** In a process of its own, so that its memory is its own. */
function planning(services: number): Figure[] {
  const file = fileURLToPath(new URL("./topology/planning.ts", import.meta.url));
  const answer = execFileSync(process.execPath, [file, String(services), "5"], { encoding: "utf8" });
  const { readSeconds, newSeconds, unchangedSeconds, megabytes }: Planned = JSON.parse(answer);
  const what = `${services} services with ${5 * services} rules`;
  return [
    { name: `${what}: document read and checked`, value: rounded(readSeconds, 100), unit: "s" },
    { name: `${what}: planned from nothing`, value: rounded(newSeconds, 100), unit: "s", under: 2 },
    { name: `${what}: planned, nothing to do`, value: rounded(unchangedSeconds, 100), unit: "s", under: 2 },
    { name: `${what}: peak memory`, value: rounded(megabytes), unit: "MB", under: 500 },
  ];
}

function applying(run: Applied, least: Applied | undefined): Figure[] {
  const { services, things, seconds, making, again } = run;
  const what = `${services} services applied, ${things} things`;
  const each = (calls: number) => rounded(calls / things, 100);
  const milliseconds = (one: Applied) => (1000 * one.seconds) / one.things;
  // A thing takes some milliseconds on a machine that does other things too, so a half more is not growth.
  const growth = least && least !== run ? { under: rounded(1.5 * milliseconds(least), 10) } : {};
  return [
    { name: `${what}: processor time`, value: rounded(seconds, 10), unit: "s" },
    { name: `${what}: processor time a thing`, value: rounded(milliseconds(run), 10), unit: "ms", ...growth },
    { name: `${what}: writes a thing`, value: each(making.writes), unit: "", under: 1.005 },
    { name: `${what}: reads a thing`, value: each(making.reads), unit: "", under: 1 },
    { name: `${what}: lists, by pages`, value: making.lists + making.tags, unit: "" },
    {
      name: `${services} services looked at again: reads a thing`,
      value: each(again.reads),
      unit: "",
      under: 1,
    },
    {
      name: `${services} services looked at again: tags a thing`,
      value: each(again.tags),
      unit: "",
      under: 1.005,
    },
    { name: `${services} services looked at again: lists, by pages`, value: again.lists, unit: "" },
  ];
}

function noChange(times: readonly number[]): Figure[] {
  const sorted = times.toSorted((a, b) => a - b);
  const what = `no-change plan of the whole shop, of ${sorted.length}`;
  return [
    { name: `${what}: p50`, value: rounded(quantile(sorted, 0.5)), unit: "ms" },
    { name: `${what}: p99`, value: rounded(quantile(sorted, 0.99)), unit: "ms", under: 1000 },
  ];
}

const rounded = (value: number, steps = 1) => Math.round(value * steps) / steps;
