import { type Lock, type RolloutStore, type ServiceLocks, Superseded } from "@espalier/rollout";
import * as z from "zod";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { environment, lambda } from "../lambda.ts";
import { Turn } from "./turn.ts";

/** `from` is the execution that started this one in its own place. */
const Input = Turn.extend({ service: z.string(), from: z.string() });

interface Dependencies {
  readonly store: Pick<RolloutStore, "takeOver">;
  readonly locks: Pick<ServiceLocks, "read" | "swap">;
}

/**
 * Hands a rollout from an execution whose history gets long to the one that it started. Recovery hands it to an execution of
 * the same name, so whichever of the two comes first, the rollout goes on here. Superseded if it went on elsewhere.
 */
export function takeUp({ store, locks }: Dependencies) {
  return async ({ service, from, ...turn }: z.infer<typeof Input>): Promise<{ generation: number }> => {
    const { rollout, execution: owner, generation, at } = turn;
    const isOurs = (lock: Lock | undefined) => lock?.owner === owner && lock.generation === generation;
    const lock = await locks.read(service);
    const handedOver = lock?.owner === from && (await locks.swap(lock, owner, 0));
    if (!handedOver && !isOurs(await locks.read(service))) {
      throw new Superseded(`${service} is not handed from ${from} to ${owner}`);
    }
    await store.takeOver(rollout, { owner, generation, at });
    return { generation };
  };
}

export const handler = lambda(Input, takeUp, () => {
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  return { store: dynamoStore(table), locks: dynamoLocks(table) };
});
