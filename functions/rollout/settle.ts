import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SFNClient } from "@aws-sdk/client-sfn";
import { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { latticeMatchRules } from "@espalier/lattice";
import {
  type AlarmListeners,
  type Bus,
  type MatchRules,
  matchName,
  settle as outcomeOf,
  type Rollout,
  type RolloutStore,
  type RolloutSummary,
  type ServiceLocks,
  type ServiceQueue,
  summary,
  usesMatch,
  type Waker,
} from "@espalier/rollout";
import * as z from "zod";
import { dynamoAlarmListeners } from "../adapters/dynamo-alarm-listeners.ts";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoQueue } from "../adapters/dynamo-queue.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { eventBridgeBus } from "../adapters/event-bridge-bus.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { sfnWaker } from "../adapters/sfn-executions.ts";
import { environment, lambda } from "../lambda.ts";
import { advance, ownMeta } from "./advance.ts";
import { askedIn } from "./asked-in.ts";
import { holds } from "./fence.ts";
import { giveBack } from "./give-back.ts";
import { refuseUnadmitted, Unadmitted } from "./refuse-unadmitted.ts";
import { Turn } from "./turn.ts";

/** With `release` false only the outcome is told, and the service is kept: a late writer may have to be undone. */
const Input = Turn.extend({ service: z.string(), release: z.boolean().default(true) });
type Input = z.infer<typeof Input>;

interface Dependencies {
  readonly store: RolloutStore;
  readonly locks: ServiceLocks;
  readonly queue: ServiceQueue;
  readonly listeners: AlarmListeners;
  readonly bus: Bus;
  readonly matchRules: MatchRules;
  readonly wake: Waker;
}

/**
 * Ends a rollout: closes its inbox, tells the outcome and answers the commands that came too late, and only then gives the
 * service back. Each part may be done again.
 */
export function settle(dependencies: Dependencies) {
  const { store, bus } = dependencies;
  return async ({ service, release, ...turn }: Input): Promise<RolloutSummary | null> => {
    ownMeta(await store.load(turn.rollout), turn);
    await store.close(turn.rollout);
    const { rollout } = await advance({ store, bus }, turn, (before, commands) => {
      const begun = before.status !== "unknown" && before.status !== "queued";
      const refused = begun ? [] : [neverAdmitted(before, service, turn)];
      return { events: [...refused, ...outcomeOf(before, commands, turn.at)], answered: commands };
    });
    if (release) await leave(dependencies, rollout, service, turn);
    return summary(rollout) ?? null;
  };
}

/** Takes away what the rollout has put anywhere, and last its lock. */
async function leave(dependencies: Dependencies, rollout: Rollout, service: string, turn: Turn) {
  const { locks, listeners, matchRules } = dependencies;
  if (rollout.status === "admitted") {
    if (usesMatch(rollout) && (await holds(locks, service, turn))) {
      await matchRules.removeMatch(rollout.service, matchName(rollout.id));
    }
    for (const alarm of rollout.request.alarms) await listeners.remove(alarm, rollout.id);
  }
  await giveBack(dependencies, { service, owner: turn.execution, generation: turn.generation });
}

/** For an execution that died between taking the lock and beginning the rollout. */
function neverAdmitted(before: Rollout, service: string, { rollout, at }: Turn) {
  const problems = ["the workflow ended before the request was admitted; nothing was changed; send it again"];
  return { type: "rollout-refused" as const, at, id: rollout, ...askedIn(before, service), problems };
}

/** Ends what the workflow has begun, or could not begin. */
function end(dependencies: Dependencies) {
  const [settled, refused] = [settle(dependencies), refuseUnadmitted(dependencies)];
  return async (input: Input | Unadmitted) => ("event" in input ? refused(input) : settled(input));
}

export const handler = lambda(z.union([Unadmitted, Input]), end, () => {
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  return {
    store: dynamoStore(table),
    locks: dynamoLocks(table),
    queue: dynamoQueue(table),
    listeners: dynamoAlarmListeners(table),
    bus: eventBridgeBus(new EventBridgeClient(), environment("BUS_NAME")),
    matchRules: latticeMatchRules(new VPCLatticeClient()),
    wake: sfnWaker(new SFNClient()),
  };
});
