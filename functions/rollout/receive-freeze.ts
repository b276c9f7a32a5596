import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SFNClient } from "@aws-sdk/client-sfn";
import {
  type Bus,
  describeIssues,
  FreezeRequest,
  type Freezes,
  type RolloutStore,
  type ServiceLocks,
  type Waker,
} from "@espalier/rollout";
import { dynamoFreezes } from "../adapters/dynamo-freezes.ts";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { eventBridgeBus } from "../adapters/event-bridge-bus.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { sfnWaker } from "../adapters/sfn-executions.ts";
import { environment, lambda } from "../lambda.ts";
import { AskedEvent } from "./asked-event.ts";
import { doEach } from "./do-each.ts";

interface Dependencies {
  readonly freezes: Freezes;
  readonly locks: Pick<ServiceLocks, "list">;
  readonly store: Pick<RolloutStore, "nudge">;
  readonly bus: Bus;
  readonly wake: Waker;
}

const TIED = "all rollouts were frozen in the same second, and of one second the freeze counts; ask again";

/** Freezes all rollouts, or lets them go on, and wakes those that run so that they see it. It may be done again. */
export function receiveFreeze({ freezes, locks, store, bus, wake }: Dependencies) {
  return async (event: AskedEvent): Promise<{ frozen: boolean | null; woken: number }> => {
    const { id, time: at, detail } = event;
    const { data, error } = FreezeRequest.safeParse(detail);
    const decline = async (reason: string) => {
      const told = { type: "command-declined" as const, at, reason, command: "freeze" as const };
      await bus.tell([{ ...told, commandId: id, rollout: "all", eventId: `${id}/declined` }]);
      return { frozen: null, woken: 0 };
    };
    if (error) return decline(describeIssues("", error, detail).join("; "));
    const { frozen, requestedBy: by, reason: why } = data;
    const asked = { ...(by === undefined ? {} : { by }), ...(why === undefined ? {} : { why }) };
    const counts = await freezes.set(frozen ? { ...asked, since: at } : null, at);
    if (!counts && (await freezes.read())?.since === at) return decline(TIED);
    const running = (await locks.list()).filter(({ work }) => work === "rollout");
    await doEach(running, async ({ rollout }) => {
      const token = await store.nudge(rollout);
      if (token !== undefined) await wake(token);
    });
    return { frozen, woken: running.length };
  };
}

export const handler = lambda(AskedEvent, receiveFreeze, () => {
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  return {
    freezes: dynamoFreezes(table),
    locks: dynamoLocks(table),
    store: dynamoStore(table),
    bus: eventBridgeBus(new EventBridgeClient(), environment("BUS_NAME")),
    wake: sfnWaker(new SFNClient()),
  };
});
