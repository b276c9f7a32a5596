import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { latticeDirectory, latticeMatchRules, latticeRouter } from "@espalier/lattice";
import {
  type Admitted,
  type Bus,
  type Directory,
  evolve,
  giveUp,
  type MatchRules,
  matchName,
  type NextStep,
  NotApplied,
  nextStep,
  overruledWeights,
  planRestore,
  type Rollout,
  type RolloutEvent,
  type RolloutStore,
  type ServiceLocks,
  type TrafficRouter,
  takeTurn,
  usesMatch,
} from "@espalier/rollout";
import * as z from "zod";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { eventBridgeBus } from "../adapters/event-bridge-bus.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { environment, lambda } from "../lambda.ts";
import { advance } from "./advance.ts";
import { fence } from "./fence.ts";
import { stableWarnings } from "./stable-warnings.ts";
import { Turn } from "./turn.ts";
import { writeFenced } from "./write-fenced.ts";

const Input = Turn.extend({ cause: z.string().default("the workflow failed") });
type Input = z.infer<typeof Input>;

interface Dependencies {
  readonly store: RolloutStore;
  readonly locks: ServiceLocks;
  readonly bus: Bus;
  readonly router: TrafficRouter;
  readonly matchRules: MatchRules;
  readonly directory: Pick<Directory, "targetGroup">;
}

/**
 * Puts the recorded weights back, whatever brought the workflow here; `cause` is told where nothing else decided it. It may
 * be done again, also when the outcome has been told, and touches nothing of a rollout that is ending in another way.
 */
export function rollBack(dependencies: Dependencies) {
  const { store, bus } = dependencies;
  return async ({ cause, ...turn }: Input): Promise<{ restored: number; next: NextStep }> => {
    const { rollout } = await advance({ store, bus }, turn, (before) => only(giveUp(before, cause, turn.at)));
    if (rollout.status !== "admitted" || !isToBeRestored(rollout)) {
      return { restored: 0, next: { type: "settle" } };
    }
    const { restored, overruled } = await restore(dependencies, rollout, turn);
    if (isRestored(rollout)) return { restored, next: { type: "settle" } };
    const warnings = [...overruled, ...(await stableWarnings(dependencies.directory, rollout.stable))];
    const { rollout: after } = await advance({ store, bus }, turn, (now) =>
      only(isRestored(now) ? [] : noteRestored(now, warnings, turn)),
    );
    return { restored, next: nextStep(after, turn.at) };
  };
}

// Commands are left to Settle: whatever they ask, the rollout is ending.
const only = (events: readonly RolloutEvent[]) => ({ events, answered: [] });

const isToBeRestored = ({ phase }: Admitted) =>
  phase.type === "settled"
    ? phase.ending === "rolled-back" || phase.ending === "shifted-back"
    : phase.type === "rolling-back" || phase.type === "returning";

const isRestored = (rollout: Rollout) =>
  rollout.status !== "admitted" || !("restored" in rollout.phase) || rollout.phase.restored;

function noteRestored(rollout: Rollout, warnings: string[], { at }: Turn): RolloutEvent[] {
  const noted: RolloutEvent = { type: "weights-restored", at, warnings };
  return [noted, ...takeTurn(evolve(rollout, noted), [], { looked: false }, at)];
}

async function restore(
  { locks, router, matchRules }: Pick<Dependencies, "locks" | "router" | "matchRules">,
  rollout: Admitted,
  turn: Turn,
) {
  const { id, service, actions, candidate, stable } = rollout;
  if (usesMatch(rollout)) {
    await fence(locks, service.arn, turn);
    await matchRules.removeMatch(service, matchName(id));
  }
  const pair = { candidate: candidate.id, stable: stable.id };
  const current = await router.actions(service);
  const writes = planRestore(actions, current, pair);
  await writeFenced({ locks, router }, service, writes, turn);
  if (writes.length > 0 && planRestore(actions, await router.actions(service), pair).length > 0) {
    throw new NotApplied("the restored weights do not read back as written");
  }
  return { restored: writes.length, overruled: overruledWeights(rollout, current) };
}

export const handler = lambda(Input, rollBack, () => {
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  const lattice = new VPCLatticeClient();
  return {
    store: dynamoStore(table),
    locks: dynamoLocks(table),
    bus: eventBridgeBus(new EventBridgeClient(), environment("BUS_NAME")),
    router: latticeRouter(lattice),
    matchRules: latticeMatchRules(lattice),
    directory: latticeDirectory(lattice),
  };
});
