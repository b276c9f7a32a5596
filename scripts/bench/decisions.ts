import { writeFileSync } from "node:fs";
import path from "node:path";
import { AdaptiveStrategy } from "../../packages/rollout/src/index.ts";
import {
  type Asked,
  type Decider,
  ruleNames,
  rules,
  type Score,
  simulate,
} from "../../packages/simulation/src/index.ts";
import type { Figure } from "../bench.ts";
import { compare } from "./decisions/compare.ts";
import { figuresOf } from "./decisions/figures.ts";
import { lookCost } from "./decisions/look-cost.ts";
import { type Case, cases } from "./decisions/worlds.ts";

/** One world and what each rule scored in it, in the order of the rules. */
export interface Compared extends Case {
  readonly scores: readonly Score[];
}

const SEED = 20261;
const asked: Asked = { strategy: AdaptiveStrategy.parse({ type: "adaptive" }), alpha: 0.01 };
const document = path.resolve(import.meta.dirname, "../../docs/decisions-compared.md");

/**
 * Every rule in every world, as a table: on the screen, and in the docs unless it is a quick one. The figures are what
 * Espalier must reach, and the processor time that all of it took.
 */
export async function decisions({ quick }: { quick: boolean }): Promise<readonly Figure[]> {
  const runs = quick ? 100 : 1000;
  const deciders = ruleNames.map((name) => rules[name](asked));
  const before = process.cpuUsage();
  const compared = cases.map((one): Compared => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${one.world.name}`);
    return { ...one, scores: scored(one, deciders, runs) };
  });
  const { user, system } = process.cpuUsage(before);
  if (process.stderr.isTTY) process.stderr.write("\r\u001B[K");
  const text = compare(compared, { runs, seed: SEED });
  console.log(text);
  if (!quick) writeFileSync(document, text);
  return [
    ...figuresOf(compared),
    {
      name: "whole table, processor time",
      value: Math.round((user + system) / 1e5) / 10,
      unit: "s",
      under: 120,
    },
    ...lookCost(rules.espalier(asked)),
  ];
}

function scored({ world }: Case, deciders: readonly Decider[], runs: number): Score[] {
  const running = simulate(world, deciders, { runs, seed: SEED });
  for (;;) {
    const { done, value } = running.next();
    if (done) return value;
  }
}
