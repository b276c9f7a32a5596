import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SFNClient } from "@aws-sdk/client-sfn";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoQueue } from "../adapters/dynamo-queue.ts";
import { dynamoRuns } from "../adapters/dynamo-runs.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { dynamoTopologies } from "../adapters/dynamo-topologies.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { sfnWaker } from "../adapters/sfn-executions.ts";
import { environment, lambda } from "../lambda.ts";
import { Settling, settleRun } from "./settle-run.ts";
import { tellRun } from "./tell-run.ts";

export const handler = lambda(Settling, settleRun, () => {
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  const events = new EventBridgeClient();
  const bus = environment("BUS_NAME");
  return {
    runs: dynamoRuns(table),
    topologies: dynamoTopologies(table),
    tell: tellRun(events, bus),
    locks: dynamoLocks(table),
    queue: dynamoQueue(table),
    store: dynamoStore(table),
    wake: sfnWaker(new SFNClient()),
  };
});
