import { SFNClient } from "@aws-sdk/client-sfn";
import * as z from "zod";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { sfnExecutions } from "../adapters/sfn-executions.ts";
import { environment, lambda } from "../lambda.ts";
import { type Recovery, takeOver } from "./take-over.ts";

/** Looks at every lock for one whose owner does not run, since Step Functions tells of an end at best effort only. */
export function sweep(recovery: Recovery) {
  return async (): Promise<{ recovered: string[] }> => {
    const recovered: string[] = [];
    for (const { service } of await recovery.locks.list()) {
      const lock = await recovery.locks.read(service);
      if (lock?.work !== "rollout" || (await recovery.executions.isRunning(lock.owner))) continue;
      if (await takeOver(recovery, lock, "its execution was found dead", lock.at))
        recovered.push(lock.rollout);
    }
    return { recovered };
  };
}

export const handler = lambda(z.unknown(), sweep, () => {
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  return {
    store: dynamoStore(table),
    locks: dynamoLocks(table),
    executions: sfnExecutions(new SFNClient(), environment("ROLLOUT_STATE_MACHINE_ARN")),
  };
});
