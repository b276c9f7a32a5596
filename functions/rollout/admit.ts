import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SFNClient } from "@aws-sdk/client-sfn";
import { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { latticeDirectory, latticeGroups, latticeRouter } from "@espalier/lattice";
import { Instant, lastSeq, stateOf, unanswered } from "@espalier/rollout";
import * as z from "zod";
import { cloudWatchAlarms } from "../adapters/cloudwatch-alarms.ts";
import { cloudWatchCatalogue } from "../adapters/cloudwatch-catalogue.ts";
import { dynamoAlarmListeners } from "../adapters/dynamo-alarm-listeners.ts";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoQueue } from "../adapters/dynamo-queue.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { eventBridgeBus } from "../adapters/event-bridge-bus.ts";
import { lambdaFunctions } from "../adapters/lambda-functions.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { sfnWaker } from "../adapters/sfn-executions.ts";
import { environment, lambda } from "../lambda.ts";
import { type Admission, queued, toPrepare } from "./admission.ts";
import { publish } from "./advance.ts";
import { AskedEvent } from "./asked-event.ts";
import { type AskedRollout, askedRollout } from "./asked-rollout.ts";
import { type Concluding, conclude, dismiss, newMeta } from "./conclude.ts";
import { type Deciding, decideAdmission } from "./decide-admission.ts";
import { Preparation } from "./preparation.ts";

const Input = z.object({
  event: AskedEvent,
  execution: z.string(),
  at: Instant,
  /** What came of preparing the candidate, where that was done. */
  prepared: Preparation.nullish(),
});
type Input = z.infer<typeof Input>;

// Each turn leaves one commit behind, and there are few: queued, for the service and for its candidate, a command declined, begun or refused.
const MOST_TURNS = 10;

/**
 * Takes a request up: checks it, takes the lock of its service, or a place in its queue, and begins its history. The owner of the
 * first commit tells a retry (ours) from a duplicate (somebody else's). It goes on from whatever an earlier try left.
 */
export function admit(dependencies: Deciding & Concluding) {
  return async (input: Input): Promise<Admission> => {
    const asked = await askedRollout(dependencies.store, input.event, input.execution);
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const admission = await takeUp(dependencies, input, asked);
      if (admission !== undefined) return admission;
    }
    throw new Error(`the history of ${asked.id} did not stand still for a decision`);
  };
}

/** Goes on from what the history says; undefined where that has become longer by it. */
async function takeUp(
  dependencies: Deciding & Concluding,
  { execution, at, prepared }: Input,
  asked: AskedRollout,
): Promise<Admission | undefined> {
  const { store } = dependencies;
  const { id } = asked;
  const first = await store.first(id);
  if (first !== undefined && first.owner !== execution) return dismiss(dependencies, id, execution);
  if (first !== undefined) await store.open(newMeta(id, first));
  const recent = await store.load(id);
  const rollout = stateOf(recent);
  if (recent.meta !== undefined) await publish(dependencies, recent.commits, recent.meta, rollout);
  if (rollout.status === "admitted" || rollout.status === "refused") {
    return conclude(dependencies, rollout, execution);
  }
  const commands = unanswered(recent);
  const waiting = rollout.status === "queued" ? rollout.queued : undefined;
  const one = { asked, execution, at, commands, queued: waiting, prepared: prepared ?? undefined };
  const decision = await decideAdmission(dependencies, one);
  const { inbox = [], nudges = 0 } = recent.meta ?? {};
  switch (decision.type) {
    case "duplicate":
      return dismiss(dependencies, id, execution);
    case "prepare":
      return toPrepare(decision.order, { seen: inbox.length, nudges, until: decision.until });
    case "wait":
      return queued(id, { seen: inbox.length, nudges, until: decision.until });
    case "commit": {
      const events = [...decision.events];
      const commandIds = commands.map((command) => command.id);
      await store.commit(id, { seq: lastSeq(recent) + 1, owner: execution, events, commandIds });
    }
  }
  return undefined;
}

export const handler = lambda(Input, admit, () => {
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  const lattice = new VPCLatticeClient();
  const cloudWatch = new CloudWatchClient();
  return {
    store: dynamoStore(table),
    locks: dynamoLocks(table),
    queue: dynamoQueue(table),
    listeners: dynamoAlarmListeners(table),
    bus: eventBridgeBus(new EventBridgeClient(), environment("BUS_NAME")),
    wake: sfnWaker(new SFNClient()),
    directory: latticeDirectory(lattice),
    router: latticeRouter(lattice),
    groups: latticeGroups(lattice),
    functions: lambdaFunctions(new LambdaClient()),
    alarms: cloudWatchAlarms(cloudWatch),
    catalogue: cloudWatchCatalogue(cloudWatch),
    asksAddresses: environment("ASKS_ADDRESSES") === "true",
  };
});
