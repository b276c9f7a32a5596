import { soak } from "./soak-runs.ts";
import { told } from "./told.ts";

// The process that `share` forks: plays the runs it was started with and tells each to its parent.
const [seed = 1, runs = 0, verbose = 0] = process.argv.slice(2).map(Number);
for await (const soaked of soak(seed, runs)) process.send?.(told(soaked, verbose === 1));
process.disconnect();
