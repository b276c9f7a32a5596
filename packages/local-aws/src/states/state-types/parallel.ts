import type { ParallelState } from "../definition/state-machine-definition.ts";
import { conclude } from "../engine/conclude.ts";
import { type Entry, type Exit, nowDoing, takeUp } from "../engine/entry.ts";
import { evaluated } from "../engine/evaluated.ts";
import { recovering } from "../engine/recovering.ts";
import { runBranches } from "../engine/run-branches.ts";
import { runStates } from "../engine/run-states.ts";
import { errorOutput } from "../engine/state-failure.ts";
import { record } from "../engine/strand.ts";
import type { Json } from "../json.ts";

/** Runs its branches side by side; the first to fail fails the state and stops the others. */
export function parallel(state: ParallelState, entry: Entry): Promise<Exit> {
  const { strand } = entry;
  const attempt = async () => {
    const past = takeUp(entry, "branching");
    const input = past === undefined ? await begin(state, entry) : past.over;
    const result = await runBranches(strand, {
      count: state.Branches.length,
      concurrency: state.Branches.length,
      from: () => ({}),
      run: async (index, branch) => {
        const definition = state.Branches[index];
        return definition === undefined ? null : await runStates(definition, input, branch);
      },
      tolerates: () => false,
      failed: errorOutput,
    });
    record(strand, { type: "ParallelStateSucceeded" });
    return await conclude(state, entry, result, { result });
  };
  return recovering(state, entry, attempt, () => record(strand, { type: "ParallelStateFailed" }));
}

/** Answers the input of the branches. */
async function begin({ Arguments }: ParallelState, entry: Entry): Promise<Json> {
  const input = Arguments === undefined ? entry.input : await evaluated(Arguments, "Arguments", entry);
  record(entry.strand, { type: "ParallelStateStarted" });
  entry.strand.progress?.forgetBranches();
  nowDoing(entry, { type: "branching", over: input });
  return input;
}
