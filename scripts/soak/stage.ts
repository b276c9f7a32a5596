import {
  type LocalAws,
  type ManualClock,
  manualClock,
  startLocalAws,
} from "../../packages/local-aws/src/index.ts";
import { type RolloutEvent, type RolloutSummary, table } from "../../packages/rollout/src/index.ts";
import { type Deployed, deployEspalier } from "../../test/rollout/deployed-espalier.ts";
import { plainItem } from "../../test/rollout/plain-item.ts";

/** An event as it was told on the bus. */
export interface Told {
  readonly type: string;
  readonly rollout: string;
  readonly eventId: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** An embedded AWS where Espalier is deployed, on a clock that only the soak moves, and the soak's eyes on it. */
export interface Stage {
  readonly aws: LocalAws;
  readonly clock: ManualClock;
  readonly deployed: Deployed;
  ask(detailType: string, detail: object): Promise<void>;
  history(rollout: string): Promise<RolloutEvent[]>;
  summary(rollout: string): Promise<RolloutSummary | undefined>;
  /** What is left in the table under a service's lock: the lock itself and whoever is queued for it. */
  heldOf(service: string): Promise<readonly object[]>;
  /** The executions that still run. */
  running(): Promise<readonly string[]>;
  told(): Promise<Told[]>;
  /** Calls the sweep as its schedule would. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const clock = manualClock(Date.UTC(2026, 2, 1, 12, 0, 20));
  const aws = await startLocalAws({
    clock,
    seed: 1,
    latticeChoice: "deterministic",
    lattice: { transitionMs: 0 },
  });
  const deployed = await deployEspalier(aws);
  const query = async (input: object): Promise<Record<string, unknown>[]> => {
    const { Items } = await aws.call("dynamodb", "Query", {
      TableName: deployed.table,
      ConsistentRead: true,
      KeyConditionExpression: "pk = :key",
      ...input,
    });
    return Items.map(plainItem);
  };
  const items = (pk: string) => query({ ExpressionAttributeValues: { ":key": { S: pk } } });
  return {
    aws,
    clock,
    deployed,
    async ask(DetailType, detail) {
      const entry = {
        EventBusName: deployed.bus,
        Source: "soak",
        DetailType,
        Detail: JSON.stringify(detail),
      };
      await aws.call("events", "PutEvents", { Entries: [entry] });
      await clock.advance(0);
    },
    async history(rollout) {
      const found = await items(table.partition(rollout));
      const commits = found.filter(({ sk }) => String(sk).startsWith(table.commitPrefix));
      return commits.flatMap(({ events }) => (Array.isArray(events) ? (events as RolloutEvent[]) : []));
    },
    async summary(rollout) {
      const meta = (await items(table.partition(rollout))).find(({ sk }) => sk === "META");
      return meta?.summary as RolloutSummary | undefined;
    },
    heldOf: (service) => items(table.lock(service).pk),
    async running() {
      const list = { stateMachineArn: deployed.rolloutMachine, statusFilter: "RUNNING", maxResults: 1000 };
      const { executions } = await aws.call("states", "ListExecutions", list);
      return executions.map(({ executionArn }: { executionArn: string }) => executionArn);
    },
    told: () => receive(aws, deployed.told),
    async sweep() {
      // A sweep that a fault strikes is a sweep that did not take place; the next one does.
      await aws.call("lambda", "Invoke", { FunctionName: "sweep", Payload: Buffer.from("{}") });
      await clock.advance(0);
    },
    close: () => aws.close(),
  };
}

/** Takes everything out of the queue that gets what is told. */
export async function receive(aws: LocalAws, QueueUrl: string): Promise<Told[]> {
  const told: Told[] = [];
  for (;;) {
    const { Messages = [] } = await aws.call("sqs", "ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 });
    if (Messages.length === 0) return told;
    for (const { Body, ReceiptHandle } of Messages) {
      const { "detail-type": type, detail } = JSON.parse(Body);
      told.push({ type, rollout: detail.rollout, eventId: detail.eventId, detail });
      await aws.call("sqs", "DeleteMessage", { QueueUrl, ReceiptHandle });
    }
  }
}
