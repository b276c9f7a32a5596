import { type WorkflowName, workflow } from "./definition.ts";

/** What a workflow enters on a way: each state is one transition, and some invoke a Lambda function. */
export interface Entered {
  readonly state: string;
  readonly invokes: boolean;
}

/**
 * The states that a workflow enters from one to another, the first not among them and the last the end: the shortest way on
 * which nothing fails. From a state to itself it is the shortest round. Throws where there is no way.
 */
export function way(name: WorkflowName, from: string, to: string): Entered[] {
  const { States } = workflow(name);
  const cameFrom = new Map<string, string>();
  const queue = [from];
  for (const state of queue) {
    for (const next of nextOf(States[state])) {
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, state);
      queue.push(next);
    }
    if (cameFrom.has(to)) break;
  }
  if (!cameFrom.has(to)) throw new Error(`the workflow ${name} has no way from ${from} to ${to}`);
  const states = [to];
  for (let state = cameFrom.get(to); state !== undefined && state !== from; state = cameFrom.get(state))
    states.unshift(state);
  return states.map((state) => ({
    state,
    invokes: States[state]?.Resource?.endsWith(":lambda:invoke") ?? false,
  }));
}

type State = ReturnType<typeof workflow>["States"][string];

const nextOf = (state: State | undefined): string[] =>
  [state?.Next, ...(state?.Choices ?? []).map(({ Next }) => Next), state?.Default].filter(
    (next) => next !== undefined,
  );
