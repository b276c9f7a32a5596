import { type LocalAws, type ManualClock, manualClock, startLocalAws } from "@espalier/local-aws";
import {
  type CommandType,
  commandDetailTypes,
  type Lock,
  Meta,
  type RolloutEvent,
  type RolloutSummary,
  table,
} from "@espalier/rollout";
import { afterAll, afterEach, beforeAll } from "vitest";
import { type Deployed, type Deployment, deployEspalier } from "./deployed-espalier.ts";
import { plainItem } from "./plain-item.ts";
import { type Answers, type Shop, shop } from "./shop.ts";

const MINUTE = 60_000;

/** An embedded AWS where Espalier is deployed, on a clock that only the test moves. Closed after the file's tests. */
export function startedWorld(deployment: Deployment = {}): () => World {
  let world: World | undefined;
  beforeAll(async () => {
    const clock = manualClock(Date.UTC(2026, 2, 1, 12, 0, 20));
    const aws = await startLocalAws({
      clock,
      seed: 1,
      latticeChoice: "deterministic",
      lattice: { transitionMs: 0 },
    });
    world = new World(aws, clock, await deployEspalier(aws, deployment));
  });
  afterEach(() => world?.closeShops());
  afterAll(() => world?.close());
  return () => {
    if (world === undefined) throw new Error("the world has not started");
    return world;
  };
}

/** The detail of a request for a service's v2, in two steps. */
export function requestFor(id: string, service: string) {
  const steps = [
    { weight: 10, bakeMinutes: 3 },
    { weight: 50, bakeMinutes: 2 },
  ];
  return { id, service, candidate: `${service}-v2`, strategy: { type: "canary", steps } };
}

export class World {
  aws: LocalAws;
  clock: ManualClock;
  readonly deployed: Deployed;
  private readonly shops: Shop[] = [];

  constructor(aws: LocalAws, clock: ManualClock, deployed: Deployed) {
    this.aws = aws;
    this.clock = clock;
    this.deployed = deployed;
  }

  /** A service of its own, under traffic until the test ends. */
  async shop(name: string, versions: Readonly<Record<string, Answers>>): Promise<Shop> {
    const opened = await shop(this.aws, name, versions);
    this.shops.push(opened);
    return opened;
  }

  /** Goes on in another embedded AWS that has the state of this one. */
  moveTo(aws: LocalAws, clock: ManualClock): void {
    this.aws = aws;
    this.clock = clock;
    for (const open of this.shops) open.moveTo(aws);
  }

  closeShops(): void {
    for (const { close } of this.shops.splice(0)) close();
  }

  /** Asks for a rollout of a service to its v2, in two steps; lets it begin. */
  async request(id: string, service: string, change: object = {}): Promise<void> {
    await this.put("Rollout Requested", { ...requestFor(id, service), ...change });
  }

  async command(type: CommandType, rollout: string, id?: string): Promise<void> {
    const detail = { rollout, requestedBy: "ana", reason: "a test", ...(id === undefined ? {} : { id }) };
    await this.put(commandDetailTypes[type], detail);
  }

  /** Puts an event on the bus and lets everything that it starts settle, without time passing. */
  async put(detailType: string, detail: unknown): Promise<void> {
    const entry = {
      EventBusName: this.deployed.bus,
      Source: "test",
      DetailType: detailType,
      Detail: JSON.stringify(detail),
    };
    await this.aws.call("events", "PutEvents", { Entries: [entry] });
    await this.settle();
  }

  settle(): Promise<void> {
    return this.clock.advance(0);
  }

  /** Lets minutes pass, with requests in each. */
  async minutes(count: number, requests = 60): Promise<void> {
    for (let minute = 0; minute < count; minute += 1) {
      await Promise.all(this.shops.map(({ send }) => send(requests)));
      await this.clock.advance(MINUTE);
    }
  }

  /** Lets minutes pass under traffic until the rollout has ended, and no more than `most` of them. */
  async untilEnded(id: string, most = 40, requests = 60): Promise<RolloutSummary | undefined> {
    for (let minute = 0; minute < most; minute += 1) {
      const summary = await this.summary(id);
      if (!(await this.locks()).some(({ rollout }) => rollout === id)) return summary;
      await this.minutes(1, requests);
    }
    throw new Error(`${id} has not ended in ${most} minutes: ${JSON.stringify(await this.summary(id))}`);
  }

  async history(id: string): Promise<RolloutEvent[]> {
    const items = await this.items(id);
    return items.flatMap((item) => (Array.isArray(item.events) ? item.events : []));
  }

  async types(id: string): Promise<string[]> {
    return (await this.history(id)).map(({ type }) => type);
  }

  async summary(id: string): Promise<RolloutSummary | undefined> {
    return (await this.meta(id))?.summary;
  }

  async locks(): Promise<{ service: string; rollout: string; owner: string; generation: number }[]> {
    return this.query({ IndexName: table.index, KeyConditionExpression: "kind = :key" }, table.kinds.lock);
  }

  /** Puts a lock there, as its owner would have taken it. */
  async hold(lock: Omit<Lock, "recoveries">): Promise<void> {
    const { generation, ...texts } = { ...table.lock(lock.service), kind: table.kinds.lock, ...lock };
    const Item = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, { S: text }]));
    await this.aws.call("dynamodb", "PutItem", {
      TableName: this.deployed.table,
      Item: { ...Item, generation: { N: String(generation) } },
    });
  }

  /** What was told on the bus since it was last asked, by detail-type. */
  async told(): Promise<{ type: string; detail: { eventId: string; [field: string]: unknown } }[]> {
    const events = [];
    for (;;) {
      const { Messages = [] } = await this.aws.call("sqs", "ReceiveMessage", {
        QueueUrl: this.deployed.told,
        MaxNumberOfMessages: 10,
      });
      if (Messages.length === 0) return events;
      for (const { Body, ReceiptHandle } of Messages) {
        const event = JSON.parse(Body);
        events.push({ type: event["detail-type"], detail: event.detail });
        await this.aws.call("sqs", "DeleteMessage", { QueueUrl: this.deployed.told, ReceiptHandle });
      }
    }
  }

  /** Calls a function directly, as root. */
  async invoke(FunctionName: string, event: unknown): Promise<unknown> {
    const Payload = Buffer.from(JSON.stringify(event));
    const answer = await this.aws.call("lambda", "Invoke", { FunctionName, Payload });
    return JSON.parse(Buffer.from(answer.Payload).toString());
  }

  /** Puts a request on the bus and stops the execution as soon as it has entered the named state. */
  async stopIn(state: string, detail: object): Promise<void> {
    const known = new Set((await this.executions()).map(({ executionArn }) => executionArn));
    const asked = this.put("Rollout Requested", detail);
    for (;;) {
      const started = (await this.executions()).find(({ executionArn }) => !known.has(executionArn));
      if (started !== undefined && (await this.entered(started.executionArn)).states.includes(state)) {
        await this.aws.call("states", "StopExecution", { executionArn: started.executionArn });
        break;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    await asked;
    await this.settle();
  }

  /** The states that an execution has entered, in order, and how many functions it has invoked. */
  async entered(executionArn: string): Promise<{ states: string[]; invocations: number }> {
    const states: string[] = [];
    let invocations = 0;
    let nextToken: string | undefined;
    do {
      const page = await this.aws.call("states", "GetExecutionHistory", {
        executionArn,
        maxResults: 1000,
        ...(nextToken === undefined ? {} : { nextToken }),
      });
      for (const { stateEnteredEventDetails, taskStartedEventDetails } of page.events) {
        if (stateEnteredEventDetails !== undefined) states.push(stateEnteredEventDetails.name);
        if (taskStartedEventDetails?.resourceType === "lambda") invocations += 1;
      }
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return { states, invocations };
  }

  /** The executions of the workflow, latest first. */
  async executions(): Promise<{ executionArn: string; status: string }[]> {
    const list = { stateMachineArn: this.deployed.rolloutMachine, maxResults: 1000 };
    return (await this.aws.call("states", "ListExecutions", list)).executions;
  }

  /** The status of an execution of the workflow. */
  async status(executionArn: string): Promise<string> {
    return (await this.aws.call("states", "DescribeExecution", { executionArn })).status;
  }

  /** The execution that runs a rollout. */
  async owner(id: string): Promise<string> {
    return (await this.meta(id))?.owner ?? "";
  }

  async close(): Promise<void> {
    this.closeShops();
    await this.aws.close();
  }

  private async meta(id: string): Promise<Meta | undefined> {
    const Key = Object.fromEntries(Object.entries(table.meta(id)).map(([name, text]) => [name, { S: text }]));
    const { Item } = await this.aws.call("dynamodb", "GetItem", { TableName: this.deployed.table, Key });
    return Item && Meta.parse(plainItem(Item));
  }

  private items(id: string) {
    return this.query({ KeyConditionExpression: "pk = :key" }, table.partition(id));
  }

  // biome-ignore lint/suspicious/noExplicitAny: items are whatever the table holds; the callers name their type.
  private async query(condition: object, key: string): Promise<any[]> {
    const { Items } = await this.aws.call("dynamodb", "Query", {
      TableName: this.deployed.table,
      ...condition,
      ExpressionAttributeValues: { ":key": { S: key } },
    });
    return Items.map(plainItem);
  }
}
