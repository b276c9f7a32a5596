import { type Decider, simulate, World } from "../../../packages/simulation/src/index.ts";
import type { Figure } from "../../bench.ts";

const RUNS = 100;
const WARM_UP = 40;

/** What one look of one rollout costs, on calm metrics and on noisy ones. */
export function lookCost(decider: Decider): Figure[] {
  const calm = {
    name: "calm",
    minutes: 60,
    requestsPerSecond: 20,
    stable: { errorRate: 0.001 },
    candidate: { errorRate: 0.001 },
  };
  const noisy = {
    ...calm,
    stable: { errorRate: 0.01 },
    candidate: { errorRate: 0.01 },
    noise: { perArmSigma: 0.7 },
  };
  return [
    { name: "one look", value: microseconds(decider, World.parse(calm)), unit: "us", under: 100 },
    {
      name: "one look at noisy metrics",
      value: microseconds(decider, World.parse(noisy)),
      unit: "us",
      under: 2000,
    },
  ];
}

function microseconds(decider: Decider, world: World): number {
  let [spent, looks, started] = [0, 0, 0];
  const timed: Decider = {
    ...decider,
    start(history) {
      started += 1;
      const pilot = decider.start(history);
      return {
        get share() {
          return pilot.share;
        },
        get standing() {
          return pilot.standing;
        },
        note: () => pilot.note(),
        tick(now, arrived) {
          const before = performance.now();
          pilot.tick(now, arrived);
          if (started <= WARM_UP) return;
          spent += performance.now() - before;
          looks += 1;
        },
      };
    },
  };
  for (const _ of simulate(world, [timed], { runs: RUNS, seed: 1 }));
  return Math.round((1000 * spent) / looks);
}
