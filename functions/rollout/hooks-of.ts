import { type RolloutRequest, stepsOf } from "@espalier/rollout";

/** The functions that a request asks as hooks, and its fields that name them. Whether an address answers is not known before it is asked. */
export function hooksOf({ hooks, strategy }: RolloutRequest): { field: string; lambda: string }[] {
  const steps = strategy.type === "adaptive" ? [] : stepsOf(strategy);
  return [
    ...hooks.map(({ lambda }, k) => ({ field: `hooks[${k}].lambda`, lambda })),
    ...steps.map(({ hook }, k) => ({ field: `strategy.steps[${k}].hook.lambda`, lambda: hook?.lambda })),
  ].flatMap(({ field, lambda }) => (lambda === undefined ? [] : [{ field, lambda }]));
}
