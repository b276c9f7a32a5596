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

/** Runs all branches, those that ran in a process before from where they were, and answers their outputs in order. The first failure that is not tolerated stops the others. */
export async function runBranches(parent: Strand, branches: Branches): Promise<Json[]> {
  const indexes = Array.from({ length: branches.count }, (_, index) => index);
  const past = indexes.map((index) => parent.progress?.branch(index).past);
  const over = past.map((mark) => (mark?.type === "over" ? mark : undefined));
  const outputs = over.map((mark): Json => mark?.output ?? null);
  const toRun = indexes.filter((index) => over[index] === undefined);
  if (toRun.length === 0) return outputs;
  const stop = new AbortController();
  return await pause(parent, (wake) => {
    const running = new Set<number>();
    let next = 0;
    let left = toRun.length;
    let failures = over.filter((mark) => mark?.failed).length;

    const start = () => {
      const index = toRun[next++];
      if (index === undefined) return;
      running.add(index);
      const strand = createStrand(parent.surroundings, stop.signal, {
        lastEvent: parent.lastEvent,
        variables: parent.variables,
        item: parent.item,
        history: parent.history,
        progress: parent.progress?.branch(index),
        ...branches.from(index),
      });
      branches
        .run(index, strand)
        .then(
          (output) => settle(index, output, false),
          (failure) => fail(index, failure),
        )
        .finally(() => strand.attention.release());
    };
    const settle = (index: number, output: Json, failed: boolean) => {
      parent.progress?.branch(index).mark({ type: "over", output, failed });
      outputs[index] = output;
      running.delete(index);
      left -= 1;
      if (left === 0) wake(() => outputs);
      else if (!stop.signal.aborted) start();
    };
    const fail = (index: number, failure: unknown) => {
      failures += 1;
      if (failure instanceof StateFailure && branches.tolerates(failures))
        return settle(index, branches.failed(failure), true);
      running.delete(index);
      wake(() => {
        for (const other of running) branches.stopped?.(other);
        throw failure;
      });
    };
    for (let first = Math.min(branches.concurrency, toRun.length); first > 0; first -= 1) start();
    return () => stop.abort(new Error("the state around this branch has ended"));
  });
}
