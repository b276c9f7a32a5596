import { SFNClient } from "@aws-sdk/client-sfn";
import { type AlarmListeners, AlarmState, Instant, type RolloutStore, type Waker } from "@espalier/rollout";
import * as z from "zod";
import { dynamoAlarmListeners } from "../adapters/dynamo-alarm-listeners.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { sfnWaker } from "../adapters/sfn-executions.ts";
import { environment, lambda } from "../lambda.ts";
import { doEach } from "./do-each.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html */
const Input = z.object({
  id: z.string(),
  time: Instant,
  detail: z.object({ alarmName: z.string(), state: z.object({ value: AlarmState.shape.state }) }),
});
type Input = z.infer<typeof Input>;

interface Dependencies {
  readonly listeners: Pick<AlarmListeners, "of">;
  readonly store: Pick<RolloutStore, "receive">;
  readonly wake: Waker;
}

/** Tells an alarm's new state to the rollouts that named it: a command in the inbox of each. One that is over needs none. It may be done again. */
export function receiveAlarm({ listeners, store, wake }: Dependencies) {
  return async ({ id, time: at, detail }: Input): Promise<{ told: string[] }> => {
    const { alarmName: name, state } = detail;
    const told: string[] = [];
    await doEach(await listeners.of(name), async (rollout) => {
      const command = { id: `alarm/${id}`, type: "alarm" as const, at, name, state: state.value };
      const receipt = await store.receive(rollout, command);
      if (receipt.type !== "received" && receipt.type !== "repeated") return;
      if (receipt.token !== undefined) await wake(receipt.token);
      told.push(rollout);
    });
    return { told };
  };
}

export const handler = lambda(Input, receiveAlarm, () => {
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  return {
    listeners: dynamoAlarmListeners(table),
    store: dynamoStore(table),
    wake: sfnWaker(new SFNClient()),
  };
});
