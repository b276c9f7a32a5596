import { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { latticeMatchRules, latticeRouter } from "@espalier/lattice";
import {
  type Admitted,
  Match,
  type MatchRules,
  matchName,
  NotApplied,
  planShift,
  type RolloutStore,
  type ServiceLocks,
  type ShiftOutcome,
  stateOf,
  type TrafficRouter,
  usesMatch,
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
import { writeFenced } from "./write-fenced.ts";

const Input = Turn.extend({ weight: Weight, match: Match.nullish(), order: z.int().nonnegative() });

interface Dependencies {
  readonly store: Pick<RolloutStore, "load">;
  readonly locks: Pick<ServiceLocks, "read">;
  readonly router: TrafficRouter;
  readonly matchRules: MatchRules;
}

/**
 * Brings every recorded action to a weight and reads it back, and the rule for matched requests to be there or not. It may be
 * done twice: an action already there is left alone. Weights that somebody else has written are an outcome, not a failure, and
 * nothing is written over them.
 */
export function shiftWeights(dependencies: Dependencies) {
  const { store, locks, router } = dependencies;
  return async ({ weight, match, order, ...turn }: z.infer<typeof Input>): Promise<ShiftOutcome> => {
    const recent = await store.load(turn.rollout);
    ownMeta(recent, turn);
    const rollout = stateOf(recent);
    if (rollout.status !== "admitted") throw new Error(`the rollout ${turn.rollout} was never admitted`);
    const { service, actions, candidate, stable, written, drift } = rollout;
    const pair = { candidate: candidate.id, stable: stable.id };
    const shift = { pair, from: written, to: weight, adopted: drift.adopted, overrule: drift.overrule };

    const current = await router.actions(service);
    const plan = planShift(actions, current, shift);
    if (plan.type === "drift") return { type: "drifted", order, found: plan.found, actions: current };
    if (match) await putMatch(dependencies, rollout, match, turn);
    await writeFenced({ locks, router }, service, plan.actions, turn);
    // Only now, so that whoever was sent to the candidate by the rule is sent there by the weights.
    if (!match && usesMatch(rollout)) await removeMatch(dependencies, rollout, turn);
    if (plan.actions.length === 0) return { type: "shifted", order, weight };

    const after = await router.actions(service);
    const left = planShift(actions, after, shift);
    if (left.type === "drift") return { type: "drifted", order, found: left.found, actions: after };
    if (left.actions.length > 0)
      throw new NotApplied(`${left.actions.length} actions do not read back as written`);
    return { type: "shifted", order, weight };
  };
}

async function putMatch(
  { locks, matchRules }: Dependencies,
  { id, service, actions, candidate }: Admitted,
  match: Match,
  turn: Turn,
): Promise<void> {
  for (const listener of new Set(actions.map(({ place }) => place.listener))) {
    await fence(locks, service.arn, turn);
    await matchRules.putMatch(service, { listener, name: matchName(id), match, group: candidate.id });
  }
}

async function removeMatch({ locks, matchRules }: Dependencies, { id, service }: Admitted, turn: Turn) {
  await fence(locks, service.arn, turn);
  await matchRules.removeMatch(service, matchName(id));
}

export const handler = lambda(Input, shiftWeights, () => {
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  const lattice = new VPCLatticeClient();
  return {
    store: dynamoStore(table),
    locks: dynamoLocks(table),
    router: latticeRouter(lattice),
    matchRules: latticeMatchRules(lattice),
  };
});
