import { readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Figure } from "../../bench.ts";

const file = path.resolve(import.meta.dirname, "../../../docs/guides/lattice-local-figures.md");

/** Writes a section of the page with Lattice's figures, in the place of the one that had its heading. */
export function writeFigures(heading: string, text: string, figures: readonly Figure[]): void {
  const [title = "", ...sections] = readFileSync(file, "utf8")
    .trim()
    .split(/\n+(?=## )/);
  const section = `## ${heading}\n\n${text}\n\n${tableOf(figures)}`;
  const at = sections.findIndex((each) => each.startsWith(`## ${heading}\n`));
  sections.splice(at < 0 ? sections.length : at, at < 0 ? 0 : 1, section);
  writeFileSync(file, `${[title, ...sections].join("\n\n")}\n`);
}

/** What the figures were measured on. */
export function machine(): string {
  const [cpu] = os.cpus();
  const load = os.loadavg()[0]?.toFixed(1);
  return `a machine of ${os.cpus().length} processors (${cpu?.model ?? "unknown"}), Node ${process.version}, load average ${load} at the end`;
}

function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, unit, under, over }) => {
    const goal = under === undefined ? (over === undefined ? "" : `at least ${over}`) : `under ${under}`;
    return `| ${name} | ${`${value} ${unit}`.trim()} | ${goal} |`;
  });
  return ["| | figure | goal |", "| --- | --- | --- |", ...rows].join("\n");
}
