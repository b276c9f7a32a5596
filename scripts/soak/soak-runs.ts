import { type Played, play } from "./play.ts";
import { type Scenario, scenarioOf } from "./scenario.ts";
import { openStage, type Stage } from "./stage.ts";
import { violationsOf } from "./violations.ts";

/** One run and what it broke. */
export interface Soaked {
  readonly scenario: Scenario;
  readonly played: Played;
  readonly violations: readonly string[];
}

// Each run has a service network of its own, and an account may have 50.
const RUNS_A_STAGE = 45;

/** Plays so many runs from a seed on, one after the other. */
export async function* soak(seed: number, runs: number): AsyncGenerator<Soaked> {
  let stage: Stage | undefined;
  try {
    for (let run = 0; run < runs; run += 1) {
      if (run % RUNS_A_STAGE === 0) {
        await stage?.close();
        stage = undefined;
      }
      stage ??= await openStage();
      const scenario = scenarioOf(seed + run);
      const played = await play(stage, scenario);
      yield { scenario, played, violations: violationsOf(played) };
    }
  } finally {
    await stage?.close();
  }
}
