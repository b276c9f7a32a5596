import { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { latticeMatchRules, latticeRouter } from "@espalier/lattice";
import {
  type Admitted,
  type Forwarding,
  type Freezes,
  grows,
  isSameMatch,
  Match,
  type MatchRules,
  matchName,
  NotApplied,
  planShift,
  planTakeBack,
  type RolloutStore,
  type ServiceLocks,
  type Shift,
  type ShiftOutcome,
  stateOf,
  type TrafficRouter,
  unanswered,
  usesMatch,
  Weight,
} from "@espalier/rollout";
import * as z from "zod";
import { dynamoFreezes } from "../adapters/dynamo-freezes.ts";
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
  readonly freezes: Pick<Freezes, "read">;
}

/**
 * Brings every recorded action to a weight and reads it back, and the rule for matched requests to be there or not. It may be
 * done twice: an action already there is left alone. Weights that somebody else has written are an outcome, not a failure, and
 * nothing is written over them. Neither does the candidate get more once somebody has frozen all rollouts, or sent a command: the
 * next decision comes first, and what an earlier try has written of the shift is taken back until then.
 */
export function shiftWeights(dependencies: Dependencies) {
  const { store, locks, router } = dependencies;
  return async ({ weight, match, order, ...turn }: z.infer<typeof Input>): Promise<ShiftOutcome> => {
    const rollout = await ownRollout(store, turn);
    const { service, actions, candidate, stable, written, drift } = rollout;
    const pair = { candidate: candidate.id, stable: stable.id };
    const shift = { pair, from: written, to: weight, adopted: drift.adopted, overrule: drift.overrule };

    const current = await router.actions(service);
    const plan = planShift(actions, current, shift);
    if (plan.type === "drift") return { type: "drifted", order, found: plan.found, actions: current };
    // A weight that an earlier try has written already is no growth.
    const to = plan.actions.length > 0 ? weight : Weight.parse(0);
    if (grows(rollout, to, match ?? null) && (await isHeld(dependencies, rollout))) {
      if (match) await takeMatchBack(dependencies, rollout, match, turn);
      await writeFenced({ locks, router }, service, planTakeBack(actions, current, shift), turn);
      return { type: "held", order };
    }
    if (match) await putMatch(dependencies, rollout, match, turn);
    await writeFenced({ locks, router }, service, plan.actions, turn);
    // Only now, so that whoever was sent to the candidate by the rule is sent there by the weights.
    if (!match && usesMatch(rollout)) await removeMatch(dependencies, rollout, turn);
    if (plan.actions.length === 0) return { type: "shifted", order, weight };

    return readBack(rollout, await router.actions(service), shift, order);
  };
}

function readBack(
  { actions }: Admitted,
  now: readonly Forwarding[],
  shift: Shift,
  order: number,
): ShiftOutcome {
  const left = planShift(actions, now, shift);
  if (left.type === "drift") return { type: "drifted", order, found: left.found, actions: [...now] };
  if (left.actions.length > 0)
    throw new NotApplied(`${left.actions.length} actions do not read back as written`);
  return { type: "shifted", order, weight: shift.to };
}

async function ownRollout(store: Dependencies["store"], turn: Turn): Promise<Admitted> {
  const recent = await store.load(turn.rollout);
  ownMeta(recent, turn);
  const rollout = stateOf(recent);
  if (rollout.status !== "admitted") throw new Error(`the rollout ${turn.rollout} was never admitted`);
  return rollout;
}

async function isHeld({ store, freezes }: Dependencies, { id, undoes }: Admitted): Promise<boolean> {
  if (undoes === undefined && (await freezes.read()) !== null) return true;
  return unanswered(await store.load(id)).length > 0;
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

async function takeMatchBack(dependencies: Dependencies, rollout: Admitted, match: Match, turn: Turn) {
  const { matched } = rollout;
  if (matched === null) await removeMatch(dependencies, rollout, turn);
  else if (!isSameMatch(match, matched)) await putMatch(dependencies, rollout, matched, turn);
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
    freezes: dynamoFreezes(table),
    router: latticeRouter(lattice),
    matchRules: latticeMatchRules(lattice),
  };
});
