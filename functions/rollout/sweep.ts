import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SFNClient } from "@aws-sdk/client-sfn";
import { Instant, type Lock, RolloutId } from "@espalier/rollout";
import * as z from "zod";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoQueue } from "../adapters/dynamo-queue.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { eventBridgeBus } from "../adapters/event-bridge-bus.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { sfnExecutions, sfnWaker } from "../adapters/sfn-executions.ts";
import { environment, lambda } from "../lambda.ts";
import { doEach } from "./do-each.ts";
import { giveBack, type Returns } from "./give-back.ts";
import { type Recovery, takeOver } from "./take-over.ts";

/**
 * `at` is when the schedule says it is; whoever invokes it by hand need not say. `again` is a rollout whose recovery was abandoned,
 * and what failed is mended.
 */
const Input = z.object({ at: Instant.optional(), again: RolloutId.optional() });

/**
 * Looks at every lock for one whose owner does not run, since Step Functions tells of an end at best effort only. A rollout is
 * taken over; an apply of a topology has nothing to put back, so its lock is released and the next in the queue woken.
 */
export function sweep(recovery: Recovery & Returns) {
  return async ({ at, again }: z.infer<typeof Input>): Promise<{ recovered: string[] }> => {
    const recovered: string[] = [];
    await doEach(await recovery.locks.list(), async ({ service }) => {
      const lock = await recovery.locks.read(service);
      // A clean-up that died is taken up by the next one.
      if (lock === undefined || lock.work === "cleanup") return;
      if (await recovery.executions.isRunning(lock.owner)) return;
      const dead = lock.rollout === again ? { ...lock, recoveries: 0 } : lock;
      if (await recover(recovery, dead, at ?? lock.at)) recovered.push(lock.rollout);
    });
    return { recovered };
  };
}

async function recover(recovery: Recovery & Returns, dead: Lock, at: Instant): Promise<boolean> {
  if (dead.work === "rollout") return takeOver(recovery, dead, "its execution was found dead", at);
  await giveBack(recovery, dead);
  return true;
}

export const handler = lambda(Input, sweep, () => {
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  const stepFunctions = new SFNClient();
  return {
    store: dynamoStore(table),
    locks: dynamoLocks(table),
    bus: eventBridgeBus(new EventBridgeClient(), environment("BUS_NAME")),
    executions: sfnExecutions(stepFunctions, environment("ROLLOUT_STATE_MACHINE_ARN")),
    queue: dynamoQueue(table),
    wake: sfnWaker(stepFunctions),
  };
});
