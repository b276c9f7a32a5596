import { AdaptiveStrategy } from "@espalier/rollout";
import {
  type Asked,
  type Decider,
  type Score,
  simulate as simulateWorld,
  type World,
} from "@espalier/simulation";
import { defineCommand } from "citty";
import { jsonOption } from "../../common-options.ts";
import { ExitCode, UserError } from "../../fail.ts";
import { readRequest } from "../../read-request.ts";
import { chooseRules } from "./choose-rules.ts";
import { notSimulated } from "./not-simulated.ts";
import { progress } from "./progress.ts";
import { readWorld } from "./read-world.ts";
import { scoreTable } from "./score-table.ts";
import { traceTable } from "./trace-table.ts";
import { wholeNumber } from "./whole-number.ts";

/** `espalier simulate`. */
export const simulate = defineCommand({
  meta: {
    name: "simulate",
    description: "Try a rollout on a world of your own: what would it do if the candidate were like this?",
  },
  args: {
    world: { type: "positional", required: true, description: "A JSON file with the world" },
    rollout: {
      type: "string",
      description:
        "A rollout request whose strategy, alpha, metrics and objective are tried (default: adaptive, 0.01)",
      valueHint: "REQUEST.json",
    },
    rule: {
      type: "string",
      default: "espalier",
      description: "espalier, flagger, argo-docs, argo-tight, codedeploy, kayenta, or all",
    },
    runs: { type: "string", default: "1000", description: "How many rollouts to try" },
    seed: {
      type: "string",
      default: "1",
      description: "A whole number; the same seed gives the same answer",
    },
    trace: { type: "boolean", description: "Tell the first run minute by minute instead" },
    ...jsonOption,
  },
  run({ args }) {
    const deciders = chooseRules(args.rule, asked(args.rollout));
    const world = readWorld(args.world);
    const seed = wholeNumber("seed", args.seed, 0, Number.MAX_SAFE_INTEGER);
    const runs = wholeNumber("runs", args.runs, 1, 1_000_000);
    if (args.trace) {
      if (args.json) throw new UserError(NO_JSON, { exitCode: ExitCode.usage });
      console.log(deciders.map((decider) => traceTable(world, decider, seed)).join("\n\n"));
      return ExitCode.done;
    }
    const scores = run(world, deciders, { runs, seed });
    if (args.json) for (const score of scores) console.log(JSON.stringify(score));
    else console.log(`${world.name}: ${runs} runs, seed ${seed}\n\n${scoreTable(scores)}`);
    return ExitCode.done;
  },
});

const NO_JSON = "--trace tells one run in words and has no --json; leave one of the two out";

function asked(file: string | undefined): Asked {
  if (file === undefined) return { strategy: AdaptiveStrategy.parse({ type: "adaptive" }), alpha: 0.01 };
  const request = readRequest({ file });
  const without = notSimulated(request);
  if (without.length > 0) console.error(`${file}: not simulated: ${without.join(", ")}`);
  return request;
}

function run(world: World, deciders: readonly Decider[], trial: { runs: number; seed: number }): Score[] {
  const show = progress(trial.runs);
  const running = simulateWorld(world, deciders, trial);
  for (;;) {
    const { done, value } = running.next();
    if (done) {
      show.end();
      return value;
    }
    show.at(value);
  }
}
