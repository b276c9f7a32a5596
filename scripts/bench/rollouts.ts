import type { Figure } from "../bench.ts";
import { quantile } from "./lattice/load.ts";
import { millisecondsToEffect } from "./rollouts/commands.ts";
import { type Crowd, crowd } from "./rollouts/crowd.ts";
import { type Priced, pricedCanary } from "./rollouts/priced.ts";
import { progress } from "./rollouts/progress.ts";
import { secondsToRestoredWeights, standingTime, wallTime } from "./rollouts/rolling-back.ts";
import { writeTable } from "./rollouts/write-table.ts";

const ALL = {
  crowds: [10, 100, 1000],
  failing: 5,
  commanded: 20,
  // Three bakes of ten minutes last 33.
  lengths: [30, 33, 60, 120],
} as const;
const FEWER = { crowds: [10, 50], failing: 1, commanded: 3, lengths: [30, 60] } as const;

/** What the engine promises of time, price and number, measured in one embedded process. A whole run writes the table in the docs. */
export async function rollouts({ quick }: { quick: boolean }): Promise<readonly Figure[]> {
  const sizes = quick ? FEWER : ALL;
  const figures = [
    ...told(restored("waits only", await secondsToRestoredWeights(sizes.failing, standingTime()))),
    ...told(restored("cold functions too", await secondsToRestoredWeights(sizes.failing, wallTime()))),
    ...told(effects(await millisecondsToEffect(sizes.commanded))),
    ...told(prices(await each(sizes.lengths, pricedCanary))),
    ...told(crowds(await each(sizes.crowds, crowd))),
  ];
  progress("");
  if (!quick) writeTable(figures);
  return figures;
}

/** Says a part's figures as soon as it is done: the whole takes long, and may be ended before. */
function told(figures: Figure[]): Figure[] {
  progress("");
  for (const { name, value, unit } of figures) console.error(`${name}: ${value} ${unit}`);
  return figures;
}

async function each<Result>(sizes: readonly number[], measure: (size: number) => Promise<Result>) {
  const results: Result[] = [];
  for (const size of sizes) results.push(await measure(size));
  return results;
}

function restored(counted: string, seconds: readonly number[]): Figure[] {
  const what = `bad minute readable to weights restored, ${counted}`;
  return [{ name: what, value: rounded(Math.max(...seconds), 100), unit: "s", under: 5 }];
}

function effects(milliseconds: readonly number[]): Figure[] {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const what = `command on the bus to its effect, of ${sorted.length}`;
  return [
    { name: `${what}: p50`, value: rounded(quantile(sorted, 0.5)), unit: "ms" },
    { name: `${what}: p99`, value: rounded(quantile(sorted, 0.99)), unit: "ms", under: 2000 },
  ];
}

/** The first is the one that the goals are for; the others tell how it grows. */
function prices(canaries: readonly Priced[]): Figure[] {
  return canaries.flatMap((canary, k): Figure[] => {
    const { minutes, transitions, invocations, dollars } = canary;
    const what = `canary that lasts ${minutes} minutes, a look in each`;
    const before = canaries[k - 1];
    return [
      { name: `${what}: transitions`, value: transitions, unit: "", ...(k === 0 ? { under: 150 } : {}) },
      { name: `${what}: invocations`, value: invocations, unit: "", ...(k === 0 ? { under: 90 } : {}) },
      { name: `${what}: price`, value: rounded(100 * dollars, 100), unit: "cents" },
      ...(before === undefined ? [] : growth(before, canary)),
    ];
  });
}

function growth(from: Priced, to: Priced): Figure[] {
  const minutes = to.minutes - from.minutes;
  const what = `each further minute, from ${from.minutes} to ${to.minutes}`;
  const a = (unit: string, more: number) => ({ name: what, value: rounded(more / minutes, 100), unit });
  return [
    a("transitions", to.transitions - from.transitions),
    a("invocations", to.invocations - from.invocations),
    a("cents", 100 * (to.dollars - from.dollars)),
  ];
}

function crowds(all: readonly Crowd[]): Figure[] {
  const [least] = all;
  return all.flatMap((one): Figure[] => {
    for (const violation of one.violations) console.log(violation);
    const what = `${one.rollouts} rollouts at once`;
    const look = one.collectMs + one.decideMs;
    return [
      { name: `${what}: promoted`, value: one.promoted, unit: "", over: one.rollouts },
      { name: `${what}: violations`, value: one.violations.length, unit: "", under: 1 },
      { name: `${what}: wall time`, value: rounded(one.seconds), unit: "s" },
      { name: `${what}: median look`, value: rounded(look, 10), unit: "ms", ...growsBelow(one, least) },
    ];
  });
}

// A look is some milliseconds on a machine that does other things too, so a quarter more is not growth.
const NOISE = 1.25;

function growsBelow(one: Crowd, least: Crowd | undefined): { under?: number } {
  if (least === undefined || one === least) return {};
  return { under: rounded(NOISE * (least.collectMs + least.decideMs), 10) };
}

const rounded = (value: number, steps = 1) => Math.round(value * steps) / steps;
