import { LambdaClient } from "@aws-sdk/client-lambda";
import { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { latticeGroups, latticeRouter } from "@espalier/lattice";
import {
  type CandidateGroups,
  CandidateNotReady,
  CandidateRefused,
  chooseGroup,
  type FunctionDirectory,
  type MadeGroup,
  type RolloutStore,
  type ServiceLocks,
  type TrafficRouter,
} from "@espalier/rollout";
import type * as z from "zod";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { lambdaFunctions } from "../adapters/lambda-functions.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { environment, lambda } from "../lambda.ts";
import { fence } from "./fence.ts";
import { GroupOrder } from "./group-order.ts";
import { groupsInUse } from "./groups-in-use.ts";
import { Turn } from "./turn.ts";

const Input = Turn.omit({ rollout: true }).extend({ order: GroupOrder });
type Input = z.infer<typeof Input>;

interface Dependencies {
  readonly store: Pick<RolloutStore, "load">;
  readonly locks: ServiceLocks;
  readonly router: TrafficRouter;
  readonly groups: CandidateGroups;
  readonly functions: FunctionDirectory;
}

/**
 * Finds or makes a target group that holds the candidate, under the lock of its service. It waits for nothing: what is not there
 * yet is a CandidateNotReady, and every try goes on from what it finds.
 */
export function prepareCandidate(dependencies: Dependencies) {
  return async (input: Input): Promise<{ readonly group: string }> => {
    const { groups, functions, locks } = dependencies;
    const { order, ...turn } = input;
    const mine = () => fence(locks, order.service.arn, { rollout: order.rollout, ...turn });
    const { group, serves } = await groupFor(dependencies, input, mine);
    if (group.status !== "ACTIVE") throw notActive(group);
    if (!serves) {
      await mine();
      if (order.type === "LAMBDA") {
        for (const { id } of order.targets) await functions.admitLattice(id, group);
      }
      await groups.fill(group, order.targets);
    }
    const found = unready(await groups.health(group));
    if (found !== undefined) throw new CandidateNotReady(`${group.name} ${found}`);
    return { group: group.id };
  };
}

async function groupFor(
  { store, router, groups }: Dependencies,
  { order, at }: Input,
  mine: () => Promise<void>,
): Promise<{ group: MadeGroup; serves: boolean }> {
  const wanted = await groups.specify(order);
  if (wanted.type === "impossible") throw new CandidateRefused(wanted.problem);
  const made = await groups.made(order.service);
  const { used, serving, warm } = await groupsInUse({ store, router }, order.service, made, at);
  const chosen = chooseGroup({ wanted, made, used, busy: new Set([...serving, ...warm]) });
  switch (chosen.type) {
    case "use":
      if (chosen.group.rollout !== order.rollout) {
        await mine();
        await groups.claim(chosen.group, order.rollout);
      }
      return { group: chosen.group, serves: serving.has(chosen.group.id) };
    case "refit":
      await mine();
      await groups.refit(chosen.group, order);
      return { group: chosen.group, serves: false };
    case "make":
      await mine();
      await groups.make(order);
      throw new CandidateNotReady("the candidate's target group is being made");
    case "none-left":
      throw new CandidateRefused(chosen.problem);
  }
}

function notActive({ name, status }: MadeGroup): Error {
  return status.endsWith("_FAILED")
    ? new CandidateRefused(`the target group ${name} is ${status}`)
    : new CandidateNotReady(`the target group ${name} is ${status}`);
}

/**
 * What is missing for these targets to be ready. UNUSED is as ready as a group of no service gets, UNAVAILABLE as one without
 * health checks.
 */
function unready(health: readonly string[]): string | undefined {
  const staying = health.filter((status) => status !== "DRAINING");
  if (staying.length === 0) return "has no targets yet";
  if (staying.includes("INITIAL")) return "has targets that were not checked yet";
  return staying.every((status) => status === "UNHEALTHY") ? "has no healthy target" : undefined;
}

export const handler = lambda(Input, prepareCandidate, () => {
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  const lattice = new VPCLatticeClient();
  return {
    store: dynamoStore(table),
    locks: dynamoLocks(table),
    router: latticeRouter(lattice),
    groups: latticeGroups(lattice),
    functions: lambdaFunctions(new LambdaClient()),
  };
});
