import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SFNClient } from "@aws-sdk/client-sfn";
import * as z from "zod";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoQueue } from "../adapters/dynamo-queue.ts";
import { dynamoRuns } from "../adapters/dynamo-runs.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { dynamoTopologies } from "../adapters/dynamo-topologies.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { executionInput, sfnExecutions, sfnWaker } from "../adapters/sfn-executions.ts";
import { environment, lambda } from "../lambda.ts";
import { doEach } from "../rollout/do-each.ts";
import { type Dependencies as Settles, settleRun } from "./settle-run.ts";
import { tellRun } from "./tell-run.ts";

const Input = z.union([
  /** The end of an execution, as Step Functions tells it. */
  z.object({ time: z.iso.datetime(), detail: z.object({ executionArn: z.string(), status: z.string() }) }),
  /** When the schedule says it is. */
  z.object({ at: z.iso.datetime() }),
]);

interface Dependencies extends Settles {
  readonly isRunning: (execution: string) => Promise<boolean>;
  /** What an execution was started with. */
  readonly inputOf: (execution: string) => Promise<unknown>;
}

/** How long after a run's end its telling is left to the execution itself. */
const patienceMs = 10 * 60_000;

/** The event that an execution was started with, as far as it names a run. */
const Started = z.object({
  id: z.string(),
  detail: z
    .object({
      id: z.string().min(1).max(128).optional().catch(undefined),
      name: z.string().optional().catch(undefined),
    })
    .catch({}),
});

/**
 * Settles runs whose execution ended without settling them (it was stopped, or its time was over) as broken, so that nobody waits
 * for them: the one whose end was told, or all that are found when the schedule says so, since such ends are told at best effort.
 * Then it tells the ends too that nobody was told, as when the bus was down for longer than an execution tries.
 */
export function settleDeadRuns(dependencies: Dependencies) {
  const { runs, isRunning, inputOf } = dependencies;
  const settle = settleRun(dependencies);
  const broken = (id: string, owner: string, name: string, at: string, cause: string) =>
    settle({ id, owner, at, outcome: { type: "broken", name, error: "ExecutionEnded", cause } });
  return async (input: z.infer<typeof Input>): Promise<{ readonly settled: string[] }> => {
    if ("detail" in input) {
      const { executionArn, status } = input.detail;
      const started = Started.safeParse(await inputOf(executionArn));
      if (!started.success) return { settled: [] };
      const { id: event, detail } = started.data;
      const id = detail.id ?? event;
      const begun = await runs.load(id);
      if ((begun && begun.owner !== executionArn) || (await runs.ended(id))) return { settled: [] };
      const name = begun?.request.document.name ?? detail.name ?? "";
      await broken(id, executionArn, name, input.time, `its execution ended with ${status}`);
      return { settled: [id] };
    }
    const settled: string[] = [];
    await doEach(await runs.underway(), async ({ id, owner }) => {
      if (await isRunning(owner)) return;
      const begun = await runs.load(id);
      const name = begun?.request.document.name ?? "";
      await broken(id, owner, name, input.at, "its execution was found ended");
      settled.push(id);
    });
    // Whoever settles goes on trying for minutes. What was kept as the outcome stays it.
    const given = new Date(Date.parse(input.at) - patienceMs).toISOString();
    await doEach(await runs.untold(given), async ({ id, owner }) => {
      await broken(id, owner, "", input.at, "");
      settled.push(id);
    });
    return { settled };
  };
}

export const handler = lambda(Input, settleDeadRuns, () => {
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  const stepFunctions = new SFNClient();
  const { isRunning } = sfnExecutions(stepFunctions, environment("PROVISION_STATE_MACHINE_ARN"));
  return {
    runs: dynamoRuns(table),
    topologies: dynamoTopologies(table),
    tell: tellRun(new EventBridgeClient(), environment("BUS_NAME")),
    locks: dynamoLocks(table),
    queue: dynamoQueue(table),
    store: dynamoStore(table),
    wake: sfnWaker(stepFunctions),
    isRunning,
    inputOf: (execution: string) => executionInput(stepFunctions, execution),
  };
});
