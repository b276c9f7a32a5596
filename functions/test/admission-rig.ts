import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { latticeDirectory, latticeGroups, latticeRouter } from "@espalier/lattice";
import { type LocalAws, type ManualClock, manualClock, startLocalAws } from "@espalier/local-aws";
import {
  ALL,
  decide,
  evolve,
  lastSeq,
  type RolloutEvent,
  settle,
  stateOf,
  summary,
  type Telling,
} from "@espalier/rollout";
import { cloudWatchAlarms } from "../adapters/cloudwatch-alarms.ts";
import { cloudWatchCatalogue } from "../adapters/cloudwatch-catalogue.ts";
import { dynamoAlarmListeners } from "../adapters/dynamo-alarm-listeners.ts";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoQueue } from "../adapters/dynamo-queue.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { lambdaFunctions } from "../adapters/lambda-functions.ts";
import { admit } from "../rollout/admit.ts";
import { giveBack } from "../rollout/give-back.ts";

const vpc = "vpc-0123456789abcdef0";

/** What admission works on, met by a local AWS: no workflow and no Lambda, so that a test says itself what comes after what. */
export async function admissionRig() {
  const clock = manualClock(Date.UTC(2026, 2, 1, 12));
  const aws = await startLocalAws({ clock, seed: 1, lattice: { transitionMs: 0 } });
  aws.ec2.putVpc({ vpcId: vpc, cidrBlock: "10.0.0.0/16" });
  return rigOn(aws, clock);
}

export type AdmissionRig = Awaited<ReturnType<typeof admissionRig>>;

async function rigOn(aws: LocalAws, clock: ManualClock) {
  const settings = { endpoint: aws.endpoint, region: aws.region, credentials: aws.credentials };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(settings), {
    marshallOptions: { removeUndefinedValues: true },
  });
  /** After so many writes to the table a handler dies, before it hears of the last one; undefined: never. */
  const dies: { after: number | undefined } = { after: undefined };
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const answer = await next(args);
        if (dies.after === undefined || !/^(Put|Update|Delete)Item/.test(commandName ?? "")) return answer;
        dies.after -= 1;
        if (dies.after === 0) throw new Error("died");
        return answer;
      },
    { step: "initialize" },
  );
  const table = { client, name: "rollouts" };
  await createTable(aws, table.name);
  const lattice = new VPCLatticeClient({ ...settings, maxAttempts: 1 });
  const cloudWatch = new CloudWatchClient(settings);
  const told: Telling[] = [];
  const woken: string[] = [];
  /** The executions that run, but for those that a test has ended. */
  const dead = new Set<string>();
  const dependencies = {
    store: dynamoStore(table),
    locks: dynamoLocks(table),
    queue: dynamoQueue(table),
    listeners: dynamoAlarmListeners(table),
    bus: { tell: async (events: readonly Telling[]) => void told.push(...events) },
    wake: async (token: string) => void woken.push(token),
    directory: latticeDirectory(lattice),
    router: latticeRouter(lattice),
    groups: latticeGroups(lattice),
    functions: lambdaFunctions(new LambdaClient(settings)),
    alarms: cloudWatchAlarms(cloudWatch),
    catalogue: cloudWatchCatalogue(cloudWatch),
    asksAddresses: false,
    executions: { isRunning: async (arn: string) => !dead.has(arn) },
  };
  const { store } = dependencies;
  const now = () => new Date(clock.now()).toISOString();
  const call = (operation: string, input: object) => aws.call("vpc-lattice", operation, input);
  const take = admit(dependencies);

  return {
    ...{ aws, clock, dependencies, table, told, woken, dead, dies, now, call, lattice, vpc },

    /** A service with a target group a version, all traffic on the first. */
    async service(name: string, versions: readonly string[]) {
      const config = { port: 80, protocol: "HTTP", vpcIdentifier: vpc, healthCheck: { enabled: false } };
      const groups: Record<string, string> = {};
      for (const version of versions) {
        const { id } = await call("CreateTargetGroup", { name: `${name}-${version}`, type: "IP", config });
        await call("RegisterTargets", { targetGroupIdentifier: id, targets: [{ id: "10.0.0.1" }] });
        groups[version] = id;
      }
      const { id, arn } = await call("CreateService", { name });
      const [first = ""] = versions;
      const weighted = (weights: Record<string, number>) => ({
        forward: {
          targetGroups: Object.entries(weights).map(([group, weight]) => ({
            targetGroupIdentifier: groups[group] ?? group,
            weight,
          })),
        },
      });
      const defaultAction = weighted({ [first]: 100 });
      const listener = await call("CreateListener", {
        ...{ serviceIdentifier: id, name: "http", protocol: "HTTP", defaultAction },
      });
      const at = { serviceIdentifier: id, listenerIdentifier: listener.id };
      return {
        ...{ id, arn, name, groups },
        setWeights: (weights: Record<string, number>) =>
          call("UpdateListener", { ...at, defaultAction: weighted(weights) }),
        async weights(): Promise<Record<string, number>> {
          const { defaultAction: action } = await call("GetListener", at);
          return Object.fromEntries(
            action.forward.targetGroups.map((group: { targetGroupIdentifier: string; weight: number }) => [
              group.targetGroupIdentifier,
              group.weight,
            ]),
          );
        },
      };
    },

    /** One turn of Admit for a request, by the execution that is named like it. */
    async ask(detail: { readonly id?: string; readonly [field: string]: unknown }, more: object = {}) {
      const id = detail.id ?? "event";
      const event = { id, time: now(), "detail-type": "Rollout Requested", detail };
      return take({ event, execution: `execution:${id}`, at: now(), prepared: undefined, ...more });
    },

    /** One turn of Admit for an undo. */
    async undo(
      detail: { readonly rollout: string; readonly [field: string]: unknown },
      execution = "undoing",
    ) {
      const event = { id: execution, time: now(), "detail-type": "Rollout Undo Requested", detail };
      return take({ event, execution: `execution:${execution}`, at: now(), prepared: undefined });
    },

    /** Ends an admitted rollout by a command, as the rest of the workflow would, and gives its service back. */
    async end(id: string, service: string, type: "promote" | "abort" = "abort") {
      const recent = await store.load(id);
      const rollout = stateOf(recent);
      const at = now();
      const moved: RolloutEvent =
        type === "promote"
          ? { type: "weights-shifted", at, weight: ALL }
          : { type: "weights-restored", at, warnings: [] };
      const decided = [...decide(rollout, { id: "ends", type, at }, at), moved];
      const events = [...decided, ...settle(decided.reduce(evolve, rollout), [], at)];
      const owner = `execution:${id}`;
      await store.commit(id, { seq: lastSeq(recent) + 1, owner, events, commandIds: [] });
      await store.close(id);
      await giveBack(dependencies, { service, owner, generation: 1 });
    },

    state: async (id: string) => stateOf(await store.load(id)),
    summary: async (id: string) => summary(stateOf(await store.load(id))),
    close: () => aws.close(),
  };
}

async function createTable(aws: LocalAws, TableName: string): Promise<void> {
  const keys = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: "HASH" },
    { AttributeName: range, KeyType: "RANGE" },
  ];
  await aws.call("dynamodb", "CreateTable", {
    TableName,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: ["pk", "sk", "kind", "at"].map((name) => ({
      AttributeName: name,
      AttributeType: "S",
    })),
    KeySchema: keys("pk", "sk"),
    GlobalSecondaryIndexes: [
      { IndexName: "list", KeySchema: keys("kind", "at"), Projection: { ProjectionType: "ALL" } },
    ],
  });
}
