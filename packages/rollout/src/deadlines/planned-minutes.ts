import { rampConstants } from "../adaptive/ramp-constants.ts";
import type { RolloutRequest } from "../request/rollout-request.ts";
import { approvalLimits } from "../strategy/step.ts";
import { stepsOf } from "../strategy/steps-of.ts";

/** The minutes that a strategy takes at most where nothing is in doubt and nothing has to be waited for but approvals and hooks. */
export function plannedMinutes({ strategy, hooks }: Pick<RolloutRequest, "strategy" | "hooks">): number {
  const asked = hooks.map(({ withinMinutes }) => withinMinutes);
  if (strategy.type !== "adaptive") {
    const perStep = stepsOf(strategy).flatMap(({ bakeMinutes = 0, approval, hook }) => [
      bakeMinutes,
      approval === undefined ? 0 : approvalLimits(approval).withinMinutes,
      hook?.withinMinutes ?? 0,
      ...hooks.filter(({ at }) => at === "step").map(({ withinMinutes }) => withinMinutes),
    ]);
    return sum([...perStep, ...asked]);
  }
  const { noisyFactor, bakeCap, holdBackDoubt } = rampConstants;
  const caps = strategy.shares.map((_, k) => noisyFactor * (strategy.caps[k] ?? strategy.caps.at(-1) ?? 1));
  const held = strategy.holdBack === false ? 0 : strategy.holdBack.minutes + holdBackDoubt;
  return sum([...caps, ...asked, bakeCap, held]);
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
