import type { RolloutRequest, Strategy } from "@espalier/rollout";

/** What of a request has no part in a simulation, by the names of its fields and of the user's own metrics. */
export function notSimulated({ metrics, strategy, alarms, hooks, windows }: RolloutRequest): string[] {
  return [
    ...metrics
      .filter((metric) => "query" in metric || "total" in metric)
      .map(({ name }) => `metrics: ${name}`),
    ...fieldsNotSimulated(strategy, "strategy"),
    ...stepsOf(strategy).flatMap((step, k) => fieldsNotSimulated(step, `strategy.steps[${k}]`)),
    ...Object.entries({ alarms, hooks, windows }).flatMap(([field, list]) =>
      list.length > 0 ? [field] : [],
    ),
  ];
}

const stepsOf = (strategy: Strategy): readonly object[] => ("steps" in strategy ? strategy.steps : []);

/** Nobody answers in a simulation, and a world's requests all look alike. */
function fieldsNotSimulated(of: object, path: string): string[] {
  const given: Readonly<Record<string, unknown>> = { ...of };
  return ["match", "hook", "approval"]
    .filter((field) => given[field] !== undefined)
    .map((field) => `${path}.${field}`);
}
