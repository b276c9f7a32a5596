import { type RolloutRequest, stepsOf } from "@espalier/rollout";

/** The functions that a request asks as hooks, and its fields that name them. */
export function hooksOf(request: RolloutRequest): { field: string; lambda: string }[] {
  return every(request).flatMap(({ field, hook: { lambda } }) =>
    lambda === undefined ? [] : [{ field: `${field}.lambda`, lambda }],
  );
}

/** The addresses that a request asks as hooks, and its fields. Whether one answers is not known before it is asked. */
export function addressesOf(request: RolloutRequest): { field: string; url: string }[] {
  return every(request).flatMap(({ field, hook: { url } }) =>
    url === undefined ? [] : [{ field: `${field}.url`, url }],
  );
}

function every({ hooks, strategy }: RolloutRequest) {
  const steps = strategy.type === "adaptive" ? [] : stepsOf(strategy);
  return [
    ...hooks.map((hook, k) => ({ field: `hooks[${k}]`, hook })),
    ...steps.flatMap(({ hook }, k) =>
      hook === undefined ? [] : [{ field: `strategy.steps[${k}].hook`, hook }],
    ),
  ];
}
