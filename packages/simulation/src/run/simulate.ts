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
  const rates = ratesOf(world);
  const conditions = new RunConditions(world, rates);
  const runner = new RolloutRunner(world, rates);
  const chance = new Chance(seed);
  const outcomes: readonly RunOutcome[][] = deciders.map(() => []);
  for (let run = 0; run < runs; run += 1) {
    conditions.draw(chance, run);
    for (const [k, decider] of deciders.entries())
      outcomes[k]?.push(runner.run(decider, chance, run, conditions));
    yield run + 1;
  }
  return deciders.map(({ rule }, k) => scoreOf(rule, outcomes[k] ?? []));
}

/** Lives the first run of a world under a rule, told minute by minute. */
export function trace(
  world: World,
  decider: Decider,
  seed: number,
  tell: (lived: LivedMinute) => void,
): RunOutcome {
  const rates = ratesOf(world);
  const conditions = new RunConditions(world, rates);
  const chance = new Chance(seed);
  conditions.draw(chance, 0);
  return new RolloutRunner(world, rates).run(decider, chance, 0, conditions, tell);
}
