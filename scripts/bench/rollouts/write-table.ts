import { writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Figure } from "../../bench.ts";

const file = path.resolve(import.meta.dirname, "../../../docs/rollouts-measured.md");

/** Writes the figures down for the docs, with what they are and on what they were measured. */
export function writeTable(figures: readonly Figure[]): void {
  writeFileSync(file, tableOf(figures));
}

function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, unit, under, over }) => {
    const goal = under === undefined ? (over === undefined ? "" : `at least ${over}`) : `under ${under}`;
    return `| ${name} | ${`${value} ${unit}`.trim()} | ${goal} |`;
  });
  return `# Rollouts, measured

Made by \`npm run bench -- rollouts\`, which writes this file: everything runs in one process, the embedded AWS and all functions, here on ${os.availableParallelism()} cores
and Node ${process.version}. Load in its last minute: ${os.loadavg()[0]?.toFixed(1)}.

| | figure | goal |
| --- | --- | --- |
${rows.join("\n")}

What is measured, and what is not:

- **Weights restored.** Half of the candidate's answers fail, at a fifth of some 40 requests a second. Counted from a minute after the end of the minute that proves it, which is when
  Lattice's metrics of that minute can be read, to when Lattice's own API has the old weights again; the slowest of a few services at once. Once on a clock that stands still while functions run: that is AWS time as the
  workflow spends it, and two seconds of it are waited on purpose, for late metrics. Once on the wall's clock, where the functions of a look, idle for a minute, are started anew from their sources on
  this machine, as busy as it is.
- **Commands.** Pause and resume until the rollout's record says so, abort and promote until Lattice has the weights; one command after the other, while all the rollouts take their looks.
  A real bus, a real Step Functions and cold functions add theirs.
- **A canary's price.** Healthy, three steps, judged by its errors. State transitions and invocations are counted in the execution's history; reads, writes, events and metrics are the plan's, at the
  prices of \`packages/cli/src/prices/prices.json\`. That each further minute takes the same is what makes it linear.
- **At once.** Each rollout has a service of its own, without traffic, on the clock that jumps to the next timer when nothing is in flight. A violation is what the soak counts as one: not ended, other
  weights than the promoted ones, a lock left, a history that replays to something else, an end told twice with two meanings or not at all. A look is one reading of the metrics and one decision, each the
  median of that function's invocations in wall time. Six threads of a function share the cores in each case.
`;
}
