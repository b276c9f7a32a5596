import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SFNClient } from "@aws-sdk/client-sfn";
import type { ServiceLocks } from "@espalier/rollout";
import { Report, type TopologyRun } from "@espalier/topology";
import * as z from "zod";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoQueue } from "../adapters/dynamo-queue.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { sfnWaker } from "../adapters/sfn-executions.ts";
import { environment, lambda } from "../lambda.ts";
import { giveBack, type Returns } from "../rollout/give-back.ts";
import { keepRun } from "./keep-run.ts";
import { tellRun } from "./tell-run.ts";

const Input = z.object({
  id: z.string(),
  owner: z.string(),
  at: z.iso.datetime(),
  /** Services that the execution may have locked. */
  locks: z.array(z.string()),
  outcome: z.discriminatedUnion("type", [
    z.object({ type: z.literal("settled"), name: z.string(), report: Report }),
    z.object({ type: z.literal("refused"), name: z.string(), problems: z.array(z.string()) }),
    z.object({ type: z.literal("broken"), name: z.string(), error: z.string(), cause: z.string() }),
  ]),
});
type Input = z.infer<typeof Input>;

interface Dependencies {
  readonly keep: (run: TopologyRun) => Promise<void>;
  readonly tell: (run: TopologyRun) => Promise<void>;
  readonly locks: ServiceLocks;
  readonly queue: Returns["queue"];
  readonly store: Returns["store"];
  readonly wake: Returns["wake"];
}

/** Keeps the run for whoever asks, tells how it ended, and gives the services free, also when telling fails. */
export function settleTopology(dependencies: Dependencies) {
  const { keep, tell } = dependencies;
  return async (input: Input): Promise<{ readonly status: TopologyRun["status"] }> => {
    const run = runOf(input);
    try {
      await keep(run);
      await tell(run);
    } finally {
      for (const service of input.locks) {
        await giveBack(dependencies, { service, owner: input.owner, generation: 1 });
      }
    }
    return { status: run.status };
  };
}

function runOf({ id, at, outcome }: Input): TopologyRun {
  const { name } = outcome;
  switch (outcome.type) {
    case "settled":
      return {
        status: outcome.report.failures.length > 0 ? "failed" : "applied",
        id,
        name,
        at,
        report: outcome.report,
      };
    case "refused":
      return { status: "refused", id, name, at, problems: outcome.problems };
    case "broken":
      return { status: "broken", id, name, at, error: outcome.error, cause: outcome.cause };
  }
}

export const handler = lambda(Input, settleTopology, () => {
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  const events = new EventBridgeClient();
  const bus = environment("BUS_NAME");
  return {
    keep: (run: TopologyRun) => keepRun(table, run),
    tell: (run: TopologyRun) => tellRun(events, bus, run),
    locks: dynamoLocks(table),
    queue: dynamoQueue(table),
    store: dynamoStore(table),
    wake: sfnWaker(new SFNClient()),
  };
});
