import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { latticeRouter } from "@espalier/lattice";
import {
  type Admitted,
  type Bus,
  giveUp,
  NotApplied,
  planRestore,
  type Rollout,
  type RolloutEvent,
  type RolloutStore,
  type ServiceLocks,
  type TrafficRouter,
} from "@espalier/rollout";
import * as z from "zod";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { eventBridgeBus } from "../adapters/event-bridge-bus.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { environment, lambda } from "../lambda.ts";
import { advance } from "./advance.ts";
import { fence } from "./fence.ts";
import { Turn } from "./turn.ts";

const Input = Turn.extend({ cause: z.string().default("the workflow failed") });
type Input = z.infer<typeof Input>;

interface Dependencies {
  readonly store: RolloutStore;
  readonly locks: ServiceLocks;
  readonly bus: Bus;
  readonly router: TrafficRouter;
}

/**
 * Puts the recorded weights back, whatever brought the workflow here; `cause` is told where nothing else decided it. It may
 * be done again, and touches nothing of a rollout that is ending in another way.
 */
export function rollBack({ store, locks, bus, router }: Dependencies) {
  return async ({ cause, ...turn }: Input): Promise<{ restored: number }> => {
    const { rollout } = await advance({ store, bus }, turn, (before) => only(giveUp(before, cause, turn.at)));
    if (rollout.status !== "admitted" || !isRestoring(rollout)) return { restored: 0 };
    const restored = await restore({ locks, router }, rollout, turn);
    await advance({ store, bus }, turn, (now) =>
      only(isRestored(now) ? [] : [{ type: "weights-restored", at: turn.at, warnings: [] }]),
    );
    return { restored };
  };
}

// Commands are left to Settle: whatever they ask, the rollout is ending.
const only = (events: readonly RolloutEvent[]) => ({ events, answered: [] });

const isRestoring = ({ phase }: Admitted) => phase.type === "rolling-back" || phase.type === "returning";

const isRestored = (rollout: Rollout) =>
  rollout.status !== "admitted" || !("restored" in rollout.phase) || rollout.phase.restored;

async function restore(
  { locks, router }: Pick<Dependencies, "locks" | "router">,
  rollout: Admitted,
  turn: Turn,
) {
  const { service, actions, candidate, stable } = rollout;
  const pair = { candidate: candidate.id, stable: stable.id };
  const writes = planRestore(actions, await router.actions(service), pair);
  for (const action of writes) {
    await fence(locks, service.arn, turn);
    await router.write(service, action);
  }
  if (writes.length > 0 && planRestore(actions, await router.actions(service), pair).length > 0) {
    throw new NotApplied("the restored weights do not read back as written");
  }
  return writes.length;
}

export const handler = lambda(Input, rollBack, () => {
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  return {
    store: dynamoStore(table),
    locks: dynamoLocks(table),
    bus: eventBridgeBus(new EventBridgeClient(), environment("BUS_NAME")),
    router: latticeRouter(new VPCLatticeClient()),
  };
});
