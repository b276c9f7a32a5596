import { expect, test } from "vitest";
import { soak } from "../scripts/soak/soak-runs.ts";

const RUNS = 200;

/** What `npm run soak` plays more of: a run that breaks something is played again by its seed. */
test(`${RUNS} rollouts drawn from seeds end as they must, whatever goes wrong meanwhile`, {
  timeout: 1_200_000,
}, async () => {
  const broken: string[] = [];
  for await (const { scenario, violations } of soak(1, RUNS)) {
    broken.push(...violations.map((violation) => `seed ${scenario.seed}: ${violation}`));
  }
  expect(broken).toEqual([]);
});
