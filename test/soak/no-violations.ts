import { expect, test } from "vitest";
import { soak } from "../../scripts/soak/soak-runs.ts";

/** What `npm run soak` plays more of: a run that breaks something is played again by its seed. Two files, so that two cores share it. */
export function noViolations(seed: number, runs: number): void {
  const name = `${runs} rollouts drawn from seed ${seed} on end as they must, whatever goes wrong meanwhile`;
  test(name, { timeout: 1_200_000 }, async () => {
    const broken: string[] = [];
    for await (const { scenario, violations } of soak(seed, runs)) {
      broken.push(...violations.map((violation) => `seed ${scenario.seed}: ${violation}`));
    }
    expect(broken).toEqual([]);
  });
}
