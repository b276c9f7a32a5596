import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SFNClient } from "@aws-sdk/client-sfn";
import {
  type Bus,
  settle as outcomeOf,
  type RolloutStore,
  type RolloutSummary,
  type ServiceLocks,
  type ServiceQueue,
  summary,
  type Waker,
} from "@espalier/rollout";
import * as z from "zod";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoQueue } from "../adapters/dynamo-queue.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { eventBridgeBus } from "../adapters/event-bridge-bus.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { sfnWaker } from "../adapters/sfn-executions.ts";
import { environment, lambda } from "../lambda.ts";
import { advance, ownMeta } from "./advance.ts";
import { giveBack } from "./give-back.ts";
import { Turn } from "./turn.ts";

const Input = Turn.extend({ service: z.string() });
type Input = z.infer<typeof Input>;

interface Dependencies {
  readonly store: RolloutStore;
  readonly locks: Pick<ServiceLocks, "release">;
  readonly queue: Pick<ServiceQueue, "of">;
  readonly wake: Waker;
  readonly bus: Bus;
}

/**
 * Ends a rollout: closes its inbox, tells the outcome and answers the commands that came too late, and only then releases
 * the lock, which wakes whoever waits for it. Each part may be done again.
 */
export function settle(dependencies: Dependencies) {
  const { store, bus } = dependencies;
  return async ({ service, ...turn }: Input): Promise<RolloutSummary | null> => {
    ownMeta(await store.load(turn.rollout), turn);
    await store.close(turn.rollout);
    const { rollout } = await advance({ store, bus }, turn, (before, commands) => {
      const begun = before.status !== "unknown" && before.status !== "queued";
      const refused = begun ? [] : [neverAdmitted(service, turn)];
      return { events: [...refused, ...outcomeOf(before, commands, turn.at)], answered: commands };
    });
    await giveBack(dependencies, { service, owner: turn.execution, generation: turn.generation });
    return summary(rollout) ?? null;
  };
}

/** For an execution that died between taking the lock and beginning a history. */
function neverAdmitted(service: string, { rollout, at }: Turn) {
  const problems = ["the workflow ended before the request was admitted; nothing was changed; send it again"];
  return { type: "rollout-refused" as const, at, id: rollout, service, candidate: "unknown", problems };
}

export const handler = lambda(Input, settle, () => {
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  return {
    store: dynamoStore(table),
    locks: dynamoLocks(table),
    queue: dynamoQueue(table),
    wake: sfnWaker(new SFNClient()),
    bus: eventBridgeBus(new EventBridgeClient(), environment("BUS_NAME")),
  };
});
