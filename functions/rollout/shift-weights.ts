import { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { latticeRouter } from "@espalier/lattice";
import {
  NotApplied,
  planShift,
  type RolloutStore,
  type ServiceLocks,
  type ShiftOutcome,
  stateOf,
  type TrafficRouter,
  Weight,
} from "@espalier/rollout";
import * as z from "zod";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { environment, lambda } from "../lambda.ts";
import { ownMeta } from "./advance.ts";
import { fence } from "./fence.ts";
import { Turn } from "./turn.ts";

const Input = Turn.extend({ weight: Weight, order: z.int().nonnegative() });

interface Dependencies {
  readonly store: RolloutStore;
  readonly locks: ServiceLocks;
  readonly router: TrafficRouter;
}

/**
 * Brings every recorded action to a weight and reads it back. It may be done twice: an action already there is left
 * alone. Weights that somebody else has written are an outcome, not a failure, and nothing is written over them.
 */
export function shiftWeights({ store, locks, router }: Dependencies) {
  return async ({ weight, order, ...turn }: z.infer<typeof Input>): Promise<ShiftOutcome> => {
    const recent = await store.load(turn.rollout);
    ownMeta(recent, turn);
    const rollout = stateOf(recent);
    if (rollout.status !== "admitted") throw new Error(`the rollout ${turn.rollout} was never admitted`);
    const { service, actions, candidate, stable, written, drift } = rollout;
    const { adopted, overrule } = drift;
    const pair = { candidate: candidate.id, stable: stable.id };
    const shift = { pair, from: written, to: weight, adopted, overrule };

    const current = await router.actions(service);
    const plan = planShift(actions, current, shift);
    if (plan.type === "drift") return { type: "drifted", order, found: plan.found, actions: current };
    for (const action of plan.actions) {
      await fence(locks, service.arn, turn);
      await router.write(service, action);
    }
    if (plan.actions.length === 0) return { type: "shifted", order, weight };

    const after = await router.actions(service);
    const left = planShift(actions, after, shift);
    if (left.type === "drift") return { type: "drifted", order, found: left.found, actions: after };
    if (left.actions.length > 0)
      throw new NotApplied(`${left.actions.length} actions do not read back as written`);
    return { type: "shifted", order, weight };
  };
}

export const handler = lambda(Input, shiftWeights, () => {
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  return {
    store: dynamoStore(table),
    locks: dynamoLocks(table),
    router: latticeRouter(new VPCLatticeClient()),
  };
});
