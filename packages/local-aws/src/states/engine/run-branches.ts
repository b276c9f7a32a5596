import type { Json } from "../json.ts";
import { pause } from "./pause.ts";
import { StateFailure } from "./state-failure.ts";
import { createStrand, type Strand, type StrandOrigin } from "./strand.ts";

/** Branches that run side by side below one state. */
export interface Branches {
  readonly count: number;
  /** How many may run at once. */
  readonly concurrency: number;
  readonly from: (index: number) => StrandOrigin;
  readonly run: (index: number, strand: Strand) => Promise<Json>;
  /** Whether the state goes on after so many branches have failed; a failed branch then leaves its errorOutput. */
  readonly tolerates: (failures: number) => boolean;
  readonly failed: (failure: StateFailure) => Json;
  /** Told of each branch that was stopped because of another's failure. */
  readonly stopped?: (index: number) => void;
}

/** Runs all branches and answers their outputs in order. The first failure that is not tolerated stops the others. */
export async function runBranches(parent: Strand, branches: Branches): Promise<Json[]> {
  if (branches.count === 0) return [];
  const stop = new AbortController();
  return await pause(parent, (wake) => {
    const outputs: Json[] = Array.from({ length: branches.count }, () => null);
    const running = new Set<number>();
    let next = 0;
    let left = branches.count;
    let failures = 0;

    const start = () => {
      if (next >= branches.count) return;
      const index = next++;
      running.add(index);
      const strand = createStrand(parent.surroundings, stop.signal, {
        lastEvent: parent.lastEvent,
        variables: parent.variables,
        item: parent.item,
        history: parent.history,
        ...branches.from(index),
      });
      branches
        .run(index, strand)
        .then(
          (output) => settle(index, output),
          (failure) => fail(index, failure),
        )
        .finally(() => strand.attention.release());
    };
    const settle = (index: number, output: Json) => {
      outputs[index] = output;
      running.delete(index);
      left -= 1;
      if (left === 0) wake(() => outputs);
      else if (!stop.signal.aborted) start();
    };
    const fail = (index: number, failure: unknown) => {
      failures += 1;
      if (failure instanceof StateFailure && branches.tolerates(failures))
        return settle(index, branches.failed(failure));
      running.delete(index);
      wake(() => {
        for (const other of running) branches.stopped?.(other);
        throw failure;
      });
    };
    for (let first = Math.min(branches.concurrency, branches.count); first > 0; first -= 1) start();
    return () => stop.abort(new Error("the state around this branch has ended"));
  });
}
