import { createHash } from "node:crypto";
import { clientsOf, inParallel, type Made, makeChange, translated } from "@espalier/lattice";
import type { ServiceLocks } from "@espalier/rollout";
import {
  type Attempted,
  isPassing,
  type ReadyChange,
  type Runs,
  type TopologyDocument,
  type Write,
} from "@espalier/topology";
import * as z from "zod";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoRuns } from "../adapters/dynamo-runs.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { environment, lambda } from "../lambda.ts";
import { type Answer, answerOf, append, loadRun, type RunSoFar, stepOf } from "./advance-run.ts";

const Input = z.object({
  id: z.string(),
  /** AWS time. */
  at: z.iso.datetime(),
});

interface Dependencies {
  readonly runs: Runs;
  readonly make: (document: TopologyDocument, write: Write, token: string) => Promise<Made>;
  readonly locks: Pick<ServiceLocks, "take">;
  /** The wall's time in milliseconds: a function's own duration lives on it. */
  readonly now: () => number;
}

/** Changes that are made at the same time: Lattice throttles bursts. */
const width = 4;

/** No further batch is begun so many milliseconds of wall time after the first, well before the function's timeout. */
const budgetMs = 20_000;

/**
 * Makes the changes that can be made now, a batch at a time, each written down before the next is planned. A change to a service
 * needs its lock, which the execution then keeps until it settles; whoever else holds it is left alone.
 */
export function applyTopology(dependencies: Dependencies) {
  const { runs, now } = dependencies;
  return async ({ id, at }: z.infer<typeof Input>): Promise<Answer> => {
    const began = now();
    let so = await loadRun(runs, id);
    for (;;) {
      // Settled for dead: its services may be somebody else's by now.
      if ((await runs.ended(id)) !== undefined) return { next: "drop" };
      const { step } = stepOf(so, at);
      if (step.next !== "apply" || now() - began > budgetMs)
        return answerOf(step, so.run.request.document.name);
      const tried = so;
      const changes = await inParallel(
        step.changes,
        (change) => attempt(dependencies, tried, change, at),
        width,
      );
      const done = changes.map(({ attempt: { verb, outcome, sentence } }) => ({ verb, outcome, sentence }));
      so = await append(runs, so, { type: "attempted", changes }, at, done);
      if (changes.some((change) => isPassing(change.attempt))) return { next: "wait" };
    }
  };
}

async function attempt(
  { make, locks }: Dependencies,
  { run, progress }: RunSoFar,
  change: ReadyChange,
  at: string,
): Promise<Attempted> {
  const { address, verb, sentence, write } = change;
  const step = { address, verb, sentence };
  const taken: string[] = [];
  const nothing = { type: "nothing" } as const;
  try {
    for (const service of change.locks) {
      if (progress.locks.includes(service)) continue;
      const lock = {
        service,
        rollout: run.id,
        owner: run.owner,
        generation: 1,
        at,
        work: "topology" as const,
      };
      const held = await locks.take(lock);
      if (held.owner !== run.owner) {
        const by = `its service is held by ${held.work} ${held.rollout}`;
        return { attempt: { outcome: "left", ...step, by }, locks: taken, learnt: nothing };
      }
      taken.push(service);
    }
    const learnt = await make(run.request.document, write, tokenOf(run.owner, change, progress.attempts));
    const outcome = learnt.type === "seen" ? "stale" : "made";
    return { attempt: { outcome, ...step }, locks: taken, learnt };
  } catch (error) {
    const { name, message } = error as Error;
    const failed = { outcome: "failed" as const, ...step, error: name, cause: message.slice(0, 1000) };
    return { attempt: failed, locks: taken, learnt: nothing };
  }
}

/**
 * Lattice takes the repeat of a creation with the same token for the same. All tries of one change have one, until it is known
 * what came of it: a retry of this function, and a try after an answer that got lost.
 */
function tokenOf(
  owner: string,
  { address }: ReadyChange,
  attempts: RunSoFar["progress"]["attempts"],
): string {
  const known = attempts.filter((before) => before.address === address && !isPassing(before)).length;
  return createHash("sha256").update(`${owner} ${address} ${known}`).digest("hex");
}

export const handler = lambda(Input, applyTopology, () => {
  const clients = clientsOf({ maxAttempts: 6 });
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  return {
    runs: dynamoRuns(table),
    make: (document: TopologyDocument, write: Write, token: string) =>
      translated(makeChange(clients(document), write, token)),
    locks: dynamoLocks(table),
    now: () => performance.now(),
  };
});
