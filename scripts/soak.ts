import { parseArgs } from "node:util";
import { soak } from "./soak/soak-runs.ts";

const USAGE = `npm run soak -- [--runs N] [--seed S] [--verbose]

Plays N rollouts (200), the first of seed S (1) and each of the next seed: a strategy and its gates, a candidate, what people do meanwhile, and
what goes wrong with calls, handlers, events and metrics. Then checks what must hold whatever happens. A run that broke it is played again
by --seed ITS-SEED --runs 1 --verbose, which tells its story.
`;

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    verbose: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});
const runs = Number(values.runs);
const seed = Number(values.seed);
if (values.help || !(Number.isInteger(runs) && runs > 0 && Number.isInteger(seed))) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 2);
}

let done = 0;
let broken = 0;
const endings = new Map<string, number>();
for await (const { scenario, played, violations } of soak(seed, runs)) {
  done += 1;
  broken += violations.length;
  const status = played.stories[0]?.summary?.status ?? "never begun";
  endings.set(status, (endings.get(status) ?? 0) + 1);
  if (values.verbose) {
    console.log(JSON.stringify(scenario, null, 2));
    for (const { id, history } of played.stories) {
      for (const event of history) console.log(id, JSON.stringify(event).slice(0, 400));
    }
  }
  for (const violation of violations) console.log(`seed ${scenario.seed}: ${violation}`);
  if (done % 50 === 0 && done < runs) console.log(`${done} runs, ${broken} violations so far`);
}
console.log([...endings].map(([status, count]) => `${count} ${status}`).join(", "));
console.log(`${done} runs, ${broken} violations`);
process.exitCode = broken > 0 ? 1 : 0;
