import { readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import { fileURLToPath } from "node:url";
import type { Figure } from "../../bench.ts";

const page = fileURLToPath(new URL("../../../docs/topology-measured.md", import.meta.url));
const [begin, end] = ["<!-- measured -->", "<!-- /measured -->"];

/** Writes the figures into their place on the page; what is around them is written by hand. */
export function writeTopologyTable(figures: readonly Figure[]): void {
  const rows = figures.map(({ name, value, unit, under }) => {
    const goal = under === undefined ? "" : `under ${under}${value < under ? "" : ": not met"}`;
    return `| ${name} | ${`${value} ${unit}`.trim()} | ${goal} |`;
  });
  const load = os.loadavg()[0]?.toFixed(0);
  const where = `${os.cpus().length} processors, Node ${process.version}, a load of ${load} at the end.`;
  const table = ["| | figure | goal |", "| --- | --- | --- |", ...rows].join("\n");
  const before = readFileSync(page, "utf8");
  const [above = ""] = before.split(begin);
  const [, below = ""] = before.split(end);
  writeFileSync(page, `${above}${begin}\n${where}\n\n${table}\n${end}${below}`);
}
