import {
  type NextStep,
  nextStep,
  type Plan,
  type Progress,
  planOf,
  progress,
  progressOf,
  type RunEntry,
  type Runs,
  type Showing,
  type StoredRun,
  sentenceOf,
  showing,
  TopologyRefused,
} from "@espalier/topology";

/** What the workflow does next. The state of the run is in the table, not in here. */
export type Answer =
  | { readonly next: "apply" | "wait" | "read" | "settle" | "drop" }
  | { readonly next: "refuse"; readonly name: string; readonly problems: readonly string[] };

/** A run with what it adds up to. */
export interface RunSoFar {
  readonly run: StoredRun;
  readonly progress: Progress;
  /** The number of the last entry. */
  readonly seq: number;
}

/** Another writer of the same run was faster, as a function may be that was given up for dead. Trying again takes up what it wrote. */
class Overtaken extends Error {
  override readonly name = "Overtaken";
}

/** The run as it is written down. Throws where it never began. */
export async function loadRun(runs: Runs, id: string): Promise<RunSoFar> {
  const run = await runs.load(id);
  if (run === undefined) throw new Error(`the run ${id} has not begun`);
  return { run, progress: progressOf(run.entries), seq: run.entries.length };
}

/** Writes down one more entry. Throws Overtaken. */
export async function append(
  runs: Runs,
  so: RunSoFar,
  entry: RunEntry,
  at: string,
  done: Showing["done"] = [],
): Promise<RunSoFar> {
  const after = progress(so.progress, entry);
  const shown = { done, ...showing(planOf(so.run.request, after)) };
  if (!(await runs.append(so.run.id, so.seq + 1, entry, at, shown)))
    throw new Overtaken(`somebody else has written entry ${so.seq + 1} of the run ${so.run.id}`);
  return { run: so.run, progress: after, seq: so.seq + 1 };
}

/** What comes next for a run, and the plan that says so. */
export function stepOf({ run, progress: so }: RunSoFar, at: string): { step: NextStep; planned: Plan } {
  const planned = planOf(run.request, so);
  return { step: nextStep(planned, so, Date.parse(at) - Date.parse(run.at)), planned };
}

/** Problems told at once, and the length of each: what a workflow carries along is bounded. */
const mostProblems = 50;
const mostLength = 500;

/** A step as the workflow takes it. */
export function answerOf(step: NextStep, name: string): Answer {
  return step.next === "refuse"
    ? refusal(name, new TopologyRefused("document", step.problems))
    : { next: step.next };
}

/** A refusal with as many of its problems as a workflow carries. */
export const refusal = (name: string, { problems }: TopologyRefused): Answer => ({
  next: "refuse",
  name,
  problems: problems
    .slice(0, mostProblems)
    .map((problem) => sentenceOf("document", problem).slice(0, mostLength)),
});
