import type { HookPoint, StepHook } from "../request/hook.ts";
import type { RolloutRequest } from "../request/rollout-request.ts";
import { stepsOf } from "../strategy/steps-of.ts";

/** The hooks that are asked at a point, in order: the step's own, then those of the request. */
export function hooksAt(
  { strategy, hooks }: Pick<RolloutRequest, "strategy" | "hooks">,
  point: HookPoint,
  step: number,
): readonly StepHook[] {
  const own = point === "step" && strategy.type !== "adaptive" ? stepsOf(strategy)[step]?.hook : undefined;
  return [...(own === undefined ? [] : [own]), ...hooks.filter(({ at }) => at === point)];
}

/** A hook's address: the function's ARN, or the URL. */
export const hookName = ({ lambda, url }: Pick<StepHook, "lambda" | "url">): string => lambda ?? url ?? "";
