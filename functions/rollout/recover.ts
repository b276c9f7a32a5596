import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SFNClient } from "@aws-sdk/client-sfn";
import { Instant } from "@espalier/rollout";
import * as z from "zod";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { eventBridgeBus } from "../adapters/event-bridge-bus.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { sfnExecutions } from "../adapters/sfn-executions.ts";
import { environment, lambda } from "../lambda.ts";
import { doEach } from "./do-each.ts";
import { type Recovery, takeOver } from "./take-over.ts";

const Input = z.object({
  time: Instant,
  detail: z.object({ executionArn: z.string(), status: z.string() }),
});
type Input = z.infer<typeof Input>;

/** On the end of an execution that Step Functions tells of: takes over the rollouts whose lock it still holds. */
export function recover(recovery: Recovery) {
  return async ({ time, detail }: Input): Promise<{ recovered: string[] }> => {
    const recovered: string[] = [];
    const listed = await recovery.locks.list();
    const held = listed.filter(({ owner }) => owner === detail.executionArn);
    await doEach(held, async ({ service }) => {
      const lock = await recovery.locks.read(service);
      if (lock?.owner !== detail.executionArn || lock.work !== "rollout") return;
      const cause = `its execution ended with ${detail.status}`;
      if (await takeOver(recovery, lock, cause, time)) recovered.push(lock.rollout);
    });
    return { recovered };
  };
}

export const handler = lambda(Input, recover, () => {
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  return {
    store: dynamoStore(table),
    locks: dynamoLocks(table),
    bus: eventBridgeBus(new EventBridgeClient(), environment("BUS_NAME")),
    executions: sfnExecutions(new SFNClient(), environment("ROLLOUT_STATE_MACHINE_ARN")),
  };
});
