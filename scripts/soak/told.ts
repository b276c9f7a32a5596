import type { Soaked } from "./soak-runs.ts";

/** What is told of one run, small enough to pass between processes. */
export interface Told {
  readonly seed: number;
  /** How its first rollout ended. */
  readonly ending: string;
  readonly violations: readonly string[];
  /** Its story, where that was asked for. */
  readonly story: readonly string[];
}

export function told({ scenario, played, violations }: Soaked, verbose: boolean): Told {
  return {
    seed: scenario.seed,
    ending: played.stories[0]?.summary?.status ?? "never begun",
    violations,
    story: verbose
      ? [
          JSON.stringify(scenario, null, 2),
          ...played.stories.flatMap(({ id, history }) =>
            history.map((event) => `${id} ${JSON.stringify(event).slice(0, 400)}`),
          ),
        ]
      : [],
  };
}
