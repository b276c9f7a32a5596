import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { decisions } from "./bench/decisions.ts";
import { lattice } from "./bench/lattice.ts";
import { latticeSoak } from "./bench/lattice-soak.ts";
import { rollouts } from "./bench/rollouts.ts";
import { start } from "./bench/start.ts";
import { topology } from "./bench/topology.ts";

/** One measured figure beside what it should be. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the figure should stay under, in the same unit. */
  readonly under?: number;
  /** What it should reach. */
  readonly over?: number;
}

const benches: Readonly<Record<string, (flags: { quick: boolean }) => Promise<readonly Figure[]>>> = {
  decisions,
  lattice,
  "lattice-soak": latticeSoak,
  rollouts,
  start,
  topology,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "string" }, quick: { type: "boolean", default: false } },
});
const bench = benches[positionals[0] ?? ""];
if (!bench) {
  console.error(
    `npm run bench -- NAME [--json FILE] [--quick]; NAME is one of: ${Object.keys(benches).join(", ")}`,
  );
  process.exit(2);
}

const figures = await bench({ quick: values.quick });
for (const { name, value, unit, under, over } of figures) {
  const below = under === undefined ? "" : `${value < under ? "under" : "OVER "} ${under} ${unit}`;
  const above = over === undefined ? "" : `${value >= over ? "at least" : "UNDER"} ${over} ${unit}`;
  console.log(`${name.padEnd(56)} ${`${value} ${unit}`.padStart(16)}   ${below}${above}`);
}
if (values.json)
  writeFileSync(values.json, `${JSON.stringify({ bench: positionals[0], figures }, null, 2)}\n`);
