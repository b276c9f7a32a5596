import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { makeChange, readLives, readTopology, topologyClients, translated } from "@espalier/lattice";
import { type LocalAws, manualClock, startLocalAws } from "@espalier/local-aws";
import type { TopologyRun } from "@espalier/topology";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoQueue } from "../adapters/dynamo-queue.ts";
import { dynamoRuns } from "../adapters/dynamo-runs.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { dynamoTopologies } from "../adapters/dynamo-topologies.ts";
import { requestsOf } from "../adapters/service-requests.ts";
import type { Answer } from "../provision/advance-run.ts";
import { applyTopology } from "../provision/apply-topology.ts";
import { checkDrift } from "../provision/check-drift.ts";
import { followTopology } from "../provision/follow-topology.ts";
import { planTopology } from "../provision/plan-topology.ts";
import { settleDeadRuns } from "../provision/settle-dead-runs.ts";
import { type Settling, settleRun } from "../provision/settle-run.ts";
import { countingDoor } from "./counting-door.ts";
import { makeTable, table } from "./provision-workflow.ts";

export const vpc = "vpc-0123456789abcdef0";

type Told = [detailType: string, detail: Record<string, unknown>];

/** What a run is asked for. */
export interface Asked {
  readonly what: "Apply" | "Destroy";
  readonly id: string;
  readonly detail: object;
}

/**
 * The functions of the provision workflow on an embedded AWS whose clock stands still, called one after the other as the workflow
 * does, a failure tried again. Everything of theirs is real but what they are called by.
 */
export async function runRig() {
  const clock = manualClock();
  const aws = await startLocalAws({ clock, seed: 1, lattice: { transitionMs: 3_000 } });
  aws.ec2.putVpc({ vpcId: vpc, cidrBlock: "10.0.0.0/16" });
  await makeTable(aws);
  const door = await countingDoor(aws.endpoint);
  const { region, credentials } = aws;
  const settings = { endpoint: aws.endpoint, region, credentials };
  const clients = topologyClients({ endpoint: door.url, region, credentials, maxAttempts: 3 });
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(settings), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const items = { client, name: table };
  const [runs, locks, topologies] = [dynamoRuns(items), dynamoLocks(items), dynamoTopologies(items)];
  const metrics = new CloudWatchClient(settings);
  const at = () => new Date(clock.now()).toISOString();
  const told: Told[] = [];
  const running = new Set<string>();
  let busIsDown = false;

  const plan = planTopology({
    runs,
    topologies,
    fill: async (request) => request,
    warn: async () => [],
    read: (document) => translated(readTopology(clients, document)),
    requests: (_, services, when) => requestsOf(metrics, services, when),
    heldBy: async (service) => {
      const lock = await locks.read(service);
      return lock?.work === "rollout" ? lock.rollout : undefined;
    },
  });
  let dying = 0;
  const apply = applyTopology({
    runs: {
      ...runs,
      async append(...given) {
        if (dying > 0) {
          dying -= 1;
          throw new Error("the function died before it wrote down what it did");
        }
        return runs.append(...given);
      },
    },
    make: (_, write, token) => translated(makeChange(clients, write, token)),
    locks,
    now: () => 0,
  });
  const follow = followTopology({
    runs,
    look: (_, things) => translated(readLives(clients.lattice, things)),
  });
  const settling = {
    ...{ runs, topologies, locks, queue: dynamoQueue(items), store: dynamoStore(items) },
    wake: async () => undefined,
    tell: async (run: TopologyRun) => {
      if (busIsDown) throw new Error("the bus is down");
      told.push([`Topology ${run.status}`, { ...run }]);
    },
  };

  async function again<Result>(work: () => Promise<Result>, left = 3): Promise<Result> {
    return work().catch((error: unknown) => {
      if (left === 0) throw error;
      return again(work, left - 1);
    });
  }

  /** Takes a run through its turns, at most so many, and settles it where it comes to its end before. */
  async function walk({ what, id, detail }: Asked, most = 200): Promise<TopologyRun | undefined> {
    const owner = `execution-${id}`;
    running.add(owner);
    const begin = () =>
      plan({
        ...{ id, owner, at: at() },
        detailType: `Topology ${what} Requested`,
        request: { id, ...detail },
      });
    let answer: Answer = await again(begin);
    for (let turn = 0; ["apply", "wait", "read"].includes(answer.next); turn++) {
      if (turn === most) return undefined;
      if (answer.next === "wait") {
        await clock.advance(2_000);
        answer = await again(() => follow({ id, at: at() }));
      } else answer = await again(answer.next === "read" ? begin : () => apply({ id, at: at() }));
    }
    const outcome =
      answer.next === "refuse"
        ? { type: "refused" as const, name: answer.name, problems: [...answer.problems] }
        : { type: "settled" as const };
    await settleRun(settling)({ id, owner, at: at(), outcome });
    running.delete(owner);
    return runs.ended(id);
  }

  return {
    ...{ aws, clock, door, runs, locks, topologies, walk, at },
    /** The workflow's function that writes, called once. */
    apply: (id: string) => apply({ id, at: at() }),
    told: () => told.splice(0),
    /** The next so many writings-down of what was attempted fail after it was attempted. */
    dieBeforeWritingDown(times: number) {
      dying = times;
    },
    /** Nobody can be told of the end of a run, or can again. */
    takeBusDown(down: boolean) {
      busIsDown = down;
    },
    /** The workflow's function that settles, for a run that never began. */
    settle: (outcome: Settling["outcome"], id: string) =>
      settleRun(settling)({ id, owner: `execution-${id}`, at: at(), outcome }),
    /** The execution of a run is stopped. */
    stop: (id: string) => running.delete(`execution-${id}`),
    settleDead: settleDeadRuns({
      ...settling,
      isRunning: async (owner) => running.has(owner),
      inputOf: async (owner) => ({ id: "an-event", detail: { id: owner.replace("execution-", "") } }),
    }),
    checkDrift: checkDrift({
      topologies,
      read: (document) => translated(readTopology(clients, document)),
      tell: async (detailType, _, detail) => {
        told.push([detailType, { ...detail }]);
      },
    }),
    async close() {
      door.close();
      await aws.close();
    },
  };
}

export type RunRig = Awaited<ReturnType<typeof runRig>>;

/** The things of one kind and name that Lattice has. */
export async function named({ aws }: { aws: LocalAws }, operation: string, name: string) {
  const { items } = await aws.call("vpc-lattice", operation, { maxResults: 100 });
  return items.filter((item: { name: string }) => item.name === name) as { id: string; arn: string }[];
}

/** The one thing of a kind and name. */
export async function only(rig: { aws: LocalAws }, operation: string, name: string) {
  const [thing] = await named(rig, operation, name);
  if (thing === undefined) throw new Error(`${operation} has no ${name}`);
  return thing;
}
