export type { Decider, Pilot, Standing } from "./decider.ts";
export { type Asked, espalier } from "./espalier/espalier.ts";
export { ruleNames, rules } from "./rules.ts";
export type { RunOutcome } from "./run/run-outcome.ts";
export type { LivedMinute } from "./run/run-rollout.ts";
export type { Score } from "./run/scores.ts";
export { simulate, type Trial, trace } from "./run/simulate.ts";
export type { ArmCounts, MinuteCounts } from "./traffic/minute-counts.ts";
export { World } from "./world.ts";
