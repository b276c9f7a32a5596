import type { ServiceLocks } from "@espalier/rollout";
import {
  type Report,
  type RunRequest,
  type Runs,
  reportOf,
  type StoredRun,
  type Topologies,
  type TopologyRun,
} from "@espalier/topology";
import * as z from "zod";
import { giveBack, type Returns } from "../rollout/give-back.ts";
import { loadRun, stepOf } from "./advance-run.ts";

/** How a run comes to its end, whoever says so. */
export const Settling = z.object({
  id: z.string(),
  /** The ARN of the execution that was at it. */
  owner: z.string(),
  at: z.iso.datetime(),
  outcome: z.discriminatedUnion("type", [
    z.object({ type: z.literal("settled") }),
    z.object({ type: z.literal("refused"), name: z.string(), problems: z.array(z.string()) }),
    z.object({ type: z.literal("broken"), name: z.string(), error: z.string(), cause: z.string() }),
  ]),
});
export type Settling = z.infer<typeof Settling>;

/** What settling works on. */
export interface Dependencies extends Returns {
  readonly runs: Runs;
  readonly topologies: Pick<Topologies, "keep" | "forget">;
  readonly tell: (run: TopologyRun) => Promise<void>;
  readonly locks: ServiceLocks;
}

/** Keeps the run for whoever asks, tells how it ended, and gives the services free, also when telling fails. */
export function settleRun(dependencies: Dependencies) {
  const { runs, topologies, tell } = dependencies;
  return async (settling: Settling): Promise<{ readonly status: TopologyRun["status"] }> => {
    const { id, owner } = settling;
    const begun = await runs.load(id);
    const ours = begun?.owner === owner ? begun : undefined;
    const run = await runs.end(await outcomeOf(runs, settling), owner);
    try {
      if (run.status === "applied" && ours !== undefined) await remember(topologies, ours, run.at);
      await tell(run);
      await runs.told(id);
    } finally {
      for (const service of ours ? await locksOf(runs, id) : [])
        await giveBack(dependencies, { service, owner, generation: 1 });
    }
    return { status: run.status };
  };
}

async function outcomeOf(runs: Runs, { id, at, outcome }: Settling): Promise<TopologyRun> {
  switch (outcome.type) {
    case "settled": {
      const so = await loadRun(runs, id);
      const report = reportOf(stepOf(so, at).planned, so.progress.attempts);
      const { type, document } = so.run.request;
      return { status: statusOf(type, report), type, id, name: document.name, at, report };
    }
    case "refused":
      return { status: "refused", id, name: outcome.name, at, problems: outcome.problems };
    case "broken":
      return {
        status: "broken",
        id,
        name: outcome.name,
        at,
        error: outcome.error,
        cause: saidIn(outcome.cause),
      };
  }
}

/** What a function said when it failed: Lambda wraps it, and a trace, in JSON, which the workflow may have cut short. */
function saidIn(cause: string): string {
  const [, message] = /^\{.*?"errorMessage":"((?:[^"\\]|\\["\\/bfnrt])*)/s.exec(cause) ?? [];
  return message === undefined ? cause : JSON.parse(`"${message}"`);
}

/** What a rollout holds is no failure of an apply; of a destroy it is, since it is still there. */
const statusOf = (type: RunRequest["type"], { failures, left }: Report) =>
  failures.length > 0 || (type === "destroy" && left.length > 0) ? "failed" : "applied";

const remember = (topologies: Dependencies["topologies"], { id, request }: StoredRun, at: string) =>
  request.type === "destroy"
    ? topologies.forget(request.document.name, at)
    : topologies.keep(request.document, id, at);

/** Every lock that was written down, and those of the batch that may have been under way when the execution ended. */
async function locksOf(runs: Runs, id: string): Promise<string[]> {
  const so = await loadRun(runs, id);
  const { step } = stepOf(so, so.run.at);
  const next = step.next === "apply" ? step.changes.flatMap((change) => change.locks) : [];
  return [...new Set([...so.progress.locks, ...next])];
}
