import { gateNews } from "../gates/gate-news.ts";
import { grows } from "../gates/grows.ts";
import { growthHeld } from "../gates/growth.ts";
import type { Instant } from "../instant.ts";
import { presentWeight, reasonFor } from "../reasons.ts";
import type { Admitted } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import { describeMatch, isSameMatch } from "../strategy/match.ts";
import { endOf, type SteppedStrategy, stepsOf } from "../strategy/steps-of.ts";
import { weightOfShare } from "../weight.ts";

/** Enters a step, or ends if there are no more; where the candidate would get more, only if it may. */
export function enter(
  rollout: Admitted,
  strategy: SteppedStrategy,
  step: number,
  at: Instant,
  because?: string,
): readonly RolloutEvent[] {
  const steps = stepsOf(strategy);
  const next = steps[step];
  if (next === undefined) return finish(rollout, strategy, at, because);
  const to = next.weight ?? rollout.written ?? weightOfShare(presentWeight(rollout) / 100);
  const match = next.match ?? rollout.matched;
  if (grows(rollout, to, match) && growthHeld(rollout, at) !== undefined) return gateNews(rollout, at);
  const rule =
    match === null || isSameMatch(match, rollout.matched) ? "" : `, and for ${describeMatch(match)}`;
  const reason = `shifting to ${to}%${rule}, step ${step + 1} of ${steps.length}`;
  return [{ type: "shift-decided", at, to, match, step, reason }];
}

function finish(
  rollout: Admitted,
  strategy: SteppedStrategy,
  at: Instant,
  because?: string,
): readonly RolloutEvent[] {
  switch (endOf(strategy)) {
    case "stay":
      return [{ type: "stay-decided", at, reason: reasonFor("shifted", rollout, at, because) }];
    case "go-back":
      return [{ type: "return-decided", at, reason: reasonFor("shifted back", rollout, at, because) }];
    case "promote":
      if (presentWeight(rollout) < 100 && growthHeld(rollout, at) !== undefined) return gateNews(rollout, at);
      return [{ type: "promotion-decided", at, reason: reasonFor("promoted", rollout, at, because) }];
  }
}
