import type { Json } from "../json.ts";
import { pause } from "./pause.ts";
import { StateFailure } from "./state-failure.ts";
import { createStrand, type Strand } from "./strand.ts";

/** Branches that run side by side below one state. */
export interface Branches {
  readonly count: number;
  /** How many may run at once. */
  readonly concurrency: number;
  readonly from: (index: number) => Parameters<typeof createStrand>[2];
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
  const stopped = () => stop.abort(parent.signal.reason);
  parent.signal.addEventListener("abort", stopped);
  const outputs: Json[] = Array.from({ length: branches.count }, () => null);
  try {
    return await pause(parent, (wake) => {
      let next = 0;
      let left = branches.count;
      let failures = 0;
      const running = new Set<number>();
      const settle = (index: number, output: Json) => {
        outputs[index] = output;
        running.delete(index);
        left -= 1;
        if (left === 0) wake(() => outputs);
        else start();
      };
      const fail = (index: number, failure: unknown) => {
        failures += 1;
        if (failure instanceof StateFailure && branches.tolerates(failures))
          return settle(index, branches.failed(failure));
        running.delete(index);
        wake(() => {
          if (!parent.signal.aborted) for (const other of running) branches.stopped?.(other);
          throw failure;
        });
      };
      const start = () => {
        if (next >= branches.count || stop.signal.aborted) return;
        const index = next++;
        running.add(index);
        const strand = createStrand(parent.surroundings, stop.signal, {
          lastEvent: parent.lastEvent,
          variables: parent.variables,
          ...(parent.item === undefined ? {} : { item: parent.item }),
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
      for (let first = Math.min(branches.concurrency, branches.count); first > 0; first -= 1) start();
      return () => {};
    });
  } finally {
    parent.signal.removeEventListener("abort", stopped);
    stop.abort(new Error("a sibling failed"));
  }
}
