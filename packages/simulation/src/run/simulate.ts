import { Chance } from "../chance/philox.ts";
import type { Decider } from "../decider.ts";
import { ratesOf } from "../traffic/rates.ts";
import { RunConditions } from "../traffic/run-conditions.ts";
import type { World } from "../world.ts";
import type { RunOutcome } from "./run-outcome.ts";
import { type LivedMinute, RolloutRunner } from "./run-rollout.ts";
import { type Score, scoreOf } from "./scores.ts";

/** How often, and with which numbers. */
export interface Trial {
  readonly runs: number;
  /** A whole number from 0 to 2^53 - 1. The same seed gives the same answer. */
  readonly seed: number;
}

/**
 * Runs a world under each rule. Run k meets the same noise, history and missing minutes under every rule, and what one rule
 * scores does not depend on which others run. Yields the number of runs done after each, and returns a score a rule.
 */
export function* simulate(
  world: World,
  deciders: readonly Decider[],
  { runs, seed }: Trial,
): Generator<number, Score[], undefined> {
  const lanes = lanesOf(world, deciders);
  const chance = new Chance(seed);
  for (let run = 0; run < runs; run += 1) {
    for (const { conditions, runner, runners } of lanes) {
      conditions.draw(chance, run);
      for (const { decider, outcomes } of runners)
        outcomes.push(runner.run(decider, chance, run, conditions));
    }
    yield run + 1;
  }
  const all = lanes.flatMap(({ runners }) => runners);
  return deciders.flatMap((decider) => {
    const own = all.find((one) => one.decider === decider);
    return own === undefined ? [] : [scoreOf(decider.rule, own.outcomes)];
  });
}

/** Deciders that count slow requests beyond the same thresholds, so that they can share a run's conditions. */
interface Lane {
  readonly conditions: RunConditions;
  readonly runner: RolloutRunner;
  readonly runners: { readonly decider: Decider; readonly outcomes: RunOutcome[] }[];
}

function lanesOf(world: World, deciders: readonly Decider[]): Lane[] {
  const lanes = new Map<string, Lane>();
  for (const decider of deciders) {
    const key = JSON.stringify(decider.slowerThan ?? {});
    const lane = lanes.get(key) ?? laneOf(world, decider);
    lane.runners.push({ decider, outcomes: [] });
    lanes.set(key, lane);
  }
  return [...lanes.values()];
}

function laneOf(world: World, { slowerThan }: Decider): Lane {
  const rates = ratesOf(world, slowerThan);
  return {
    conditions: new RunConditions(world, rates),
    runner: new RolloutRunner(world, rates),
    runners: [],
  };
}

/** Lives the first run of a world under a rule, told minute by minute. */
export function trace(
  world: World,
  decider: Decider,
  seed: number,
  tell: (lived: LivedMinute) => void,
): RunOutcome {
  const { conditions, runner } = laneOf(world, decider);
  const chance = new Chance(seed);
  conditions.draw(chance, 0);
  return runner.run(decider, chance, 0, conditions, tell);
}
