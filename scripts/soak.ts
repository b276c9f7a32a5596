import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { share } from "./soak/share.ts";

const USAGE = `npm run soak -- [--runs N] [--seed S] [--jobs J] [--verbose]

Plays N rollouts (200), the first of seed S (1) and each of the next seed, in J processes (one a processor): a strategy and its gates, a candidate,
what people do meanwhile, and what goes wrong with calls, handlers, events and metrics. Then checks what must hold whatever happens. A run that
broke it is played again by --seed ITS-SEED --runs 1 --verbose, which tells its story.
`;

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: String(availableParallelism()) },
    verbose: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});
const [runs, seed, jobs] = [Number(values.runs), Number(values.seed), Number(values.jobs)];
const counts = (number: number) => Number.isInteger(number) && number > 0;
if (values.help || !(counts(runs) && counts(jobs) && Number.isInteger(seed))) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 2);
}

let done = 0;
let broken = 0;
const endings = new Map<string, number>();
await share({ seed, runs, jobs, verbose: values.verbose }, (told) => {
  done += 1;
  broken += told.violations.length;
  endings.set(told.ending, (endings.get(told.ending) ?? 0) + 1);
  for (const line of told.story) console.log(line);
  for (const violation of told.violations) console.log(`seed ${told.seed}: ${violation}`);
  if (done % 50 === 0 && done < runs) console.log(`${done} runs, ${broken} violations so far`);
});
console.log([...endings].map(([ending, count]) => `${count} ${ending}`).join(", "));
console.log(`${done} runs, ${broken} violations`);
process.exitCode = broken > 0 ? 1 : 0;
