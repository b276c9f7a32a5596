import type { Instant } from "../instant.ts";
import type { Admitted } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import { type SteppedStrategy, stepsOf } from "../strategy/steps-of.ts";
import { ask } from "./ask.ts";
import { enter } from "./enter.ts";

/** Enters a step; where there are no more, the hooks before the end are asked first. */
export function goTo(
  rollout: Admitted,
  strategy: SteppedStrategy,
  step: number,
  at: Instant,
  because?: string,
): readonly RolloutEvent[] {
  const ends = stepsOf(strategy)[step] === undefined;
  const hooks = ends ? ask(rollout, { point: "end", step, index: 0 }, at) : undefined;
  return hooks ?? enter(rollout, strategy, step, at, because);
}
