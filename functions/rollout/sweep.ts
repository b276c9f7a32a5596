import { SFNClient } from "@aws-sdk/client-sfn";
import type { Lock } from "@espalier/rollout";
import * as z from "zod";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { sfnExecutions } from "../adapters/sfn-executions.ts";
import { environment, lambda } from "../lambda.ts";
import { type Recovery, takeOver } from "./take-over.ts";

/**
 * Looks at every lock for one whose owner does not run, since Step Functions tells of an end at best effort only. A rollout is
 * taken over; an apply of a topology has nothing to put back, so its lock is released.
 */
export function sweep(recovery: Recovery) {
  return async (): Promise<{ recovered: string[] }> => {
    const recovered: string[] = [];
    for (const { service } of await recovery.locks.list()) {
      const lock = await recovery.locks.read(service);
      // A clean-up that died is taken up by the next one.
      if (lock === undefined || lock.work === "cleanup") continue;
      if (await recovery.executions.isRunning(lock.owner)) continue;
      if (await recover(recovery, lock)) recovered.push(lock.rollout);
    }
    return { recovered };
  };
}

async function recover(recovery: Recovery, dead: Lock): Promise<boolean> {
  if (dead.work === "rollout") return takeOver(recovery, dead, "its execution was found dead", dead.at);
  await recovery.locks.release(dead);
  return true;
}

export const handler = lambda(z.unknown(), sweep, () => {
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  return {
    store: dynamoStore(table),
    locks: dynamoLocks(table),
    executions: sfnExecutions(new SFNClient(), environment("ROLLOUT_STATE_MACHINE_ARN")),
  };
});
