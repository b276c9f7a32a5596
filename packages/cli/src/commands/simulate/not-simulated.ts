import type { RolloutRequest } from "@espalier/rollout";

/** What of a request has no part in a simulation, by the names of its fields and of the user's own metrics. */
export function notSimulated({ metrics, strategy, alarms, hooks, windows }: RolloutRequest): string[] {
  return [
    ...metrics
      .filter((metric) => "query" in metric || "total" in metric)
      .map(({ name }) => `metrics: ${name}`),
    ...("match" in strategy && strategy.match !== undefined ? ["strategy.match"] : []),
    ...Object.entries({ alarms, hooks, windows }).flatMap(([field, list]) =>
      list.length > 0 ? [field] : [],
    ),
  ];
}
