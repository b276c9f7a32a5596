import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import {
  type Bus,
  settle as outcomeOf,
  type RolloutStore,
  type RolloutSummary,
  type ServiceLocks,
  summary,
} from "@espalier/rollout";
import * as z from "zod";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { eventBridgeBus } from "../adapters/event-bridge-bus.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { environment, lambda } from "../lambda.ts";
import { advance, ownMeta } from "./advance.ts";
import { Turn } from "./turn.ts";

const Input = Turn.extend({ service: z.string() });
type Input = z.infer<typeof Input>;

interface Dependencies {
  readonly store: RolloutStore;
  readonly locks: ServiceLocks;
  readonly bus: Bus;
}

/**
 * Ends a rollout: closes its inbox, tells the outcome and answers the commands that came too late, and only then releases
 * the lock. Each part may be done again.
 */
export function settle({ store, locks, bus }: Dependencies) {
  return async ({ service, ...turn }: Input): Promise<RolloutSummary | null> => {
    ownMeta(await store.load(turn.rollout), turn);
    await store.close(turn.rollout);
    const { rollout } = await advance({ store, bus }, turn, (before, commands) => {
      const refused = before.status === "unknown" ? [neverAdmitted(service, turn)] : [];
      return { events: [...refused, ...outcomeOf(before, commands, turn.at)], answered: commands };
    });
    await locks.release({ service, owner: turn.execution, generation: turn.generation });
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
    bus: eventBridgeBus(new EventBridgeClient(), environment("BUS_NAME")),
  };
});
