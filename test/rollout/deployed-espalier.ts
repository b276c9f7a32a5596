import type { LocalAws } from "@espalier/local-aws";
import { commandDetailTypes } from "@espalier/rollout";
import { definition } from "@espalier/workflows";
import { bundledHandlers } from "./bundled-handlers.ts";

/** The names of what is deployed. */
export interface Deployed {
  readonly bus: string;
  readonly table: string;
  readonly rolloutMachine: string;
  /** A queue that gets everything Espalier tells. */
  readonly told: string;
  /** Deploys a function again, as it was or with something changed. */
  redeploy(name: string, change?: Redeployed): void;
}

/** What may differ from the stack's deployment. */
export interface Deployment {
  /** How many turns an execution takes before the rollout goes on in another one. */
  readonly mostTurns?: number;
  /** The handler of a function among the sources, where it is not the bundle of its name. */
  readonly handlerOf?: (name: string) => string;
}

/** What a test may change of a function. */
export interface Redeployed {
  readonly handler?: string;
  readonly roleArn?: string;
}

const ROOT = new URL("../..", import.meta.url).pathname;

/** Deploys the rollout engine as the stack does, with roles that may do anything: what they may do is the stack's test. */
export async function deployEspalier(
  aws: LocalAws,
  { mostTurns = 200, handlerOf }: Deployment = {},
): Promise<Deployed> {
  const table = "rollouts";
  const bus = "espalier";
  await aws.call("dynamodb", "CreateTable", {
    TableName: table,
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
  await aws.call("events", "CreateEventBus", { Name: bus });

  const roleArn = serviceRole(aws, "espalier");
  const environment: Record<string, string> = { ROLLOUTS_TABLE: table, BUS_NAME: bus };
  const own = new Map<string, Record<string, string>>();
  const put = (name: string, more = own.get(name) ?? {}, change: Redeployed = {}) => {
    own.set(name, more);
    const source = change.handler ?? handlerOf?.(name);
    return aws.lambda.putFunction({
      name,
      directory: source === undefined ? bundledHandlers() : ROOT,
      environment: { ...environment, ...more },
      roleArn,
      timeoutSeconds: 20,
      memoryMb: 512,
      ...change,
      handler: source ?? `${name}.handler`,
    });
  };
  const machine = await aws.call("states", "CreateStateMachine", {
    name: "rollout",
    roleArn,
    definition: definition("rollout", {
      AdmitFunction: put("admit", { ASKS_ADDRESSES: "true" }),
      PrepareCandidateFunction: put("prepare-candidate"),
      CollectMetricsFunction: put("collect-metrics"),
      DecideFunction: put("decide"),
      ShiftWeightsFunction: put("shift-weights"),
      RunHookFunction: put("run-hook"),
      RollBackFunction: put("roll-back"),
      SettleFunction: put("settle"),
      TakeUpFunction: put("take-up"),
      MostTurns: String(mostTurns),
      RolloutsTable: table,
    }),
  });
  const rolloutMachine: string = machine.stateMachineArn;
  const recovery = { ROLLOUT_STATE_MACHINE_ARN: rolloutMachine };

  const ask = { "detail-type": ["Rollout Requested", "Rollout Undo Requested"] };
  await rule(aws, bus, "requested", ask, { Arn: rolloutMachine, RoleArn: roleArn });
  const commands = { "detail-type": Object.values(commandDetailTypes) };
  await rule(aws, bus, "commands", commands, { Arn: put("receive-command") });
  const freeze = { "detail-type": ["Freeze Requested"] };
  await rule(aws, bus, "freeze", freeze, { Arn: put("receive-freeze") });
  const alarm = { source: ["aws.cloudwatch"], "detail-type": ["CloudWatch Alarm State Change"] };
  await rule(aws, "default", "alarm", alarm, { Arn: put("receive-alarm") });
  const ends = {
    source: ["aws.states"],
    "detail-type": ["Step Functions Execution Status Change"],
    detail: { stateMachineArn: [rolloutMachine], status: ["FAILED", "TIMED_OUT", "ABORTED"] },
  };
  await rule(aws, "default", "ended", ends, { Arn: put("recover", recovery) });
  put("sweep", recovery);
  put("sweep-leftovers", recovery);

  const { QueueUrl } = await aws.call("sqs", "CreateQueue", {
    QueueName: "told",
    Attributes: { Policy: JSON.stringify(anyService("sqs:SendMessage")) },
  });
  const queue = `arn:aws:sqs:${aws.region}:${aws.account}:told`;
  await rule(aws, bus, "told", { source: ["espalier"] }, { Arn: queue });
  const redeploy = (name: string, change: Redeployed = {}) => void put(name, undefined, change);
  return { bus, table, rolloutMachine, told: QueueUrl, redeploy };
}

const keys = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: "HASH" },
  { AttributeName: range, KeyType: "RANGE" },
];

/** A role for functions and state machines that may do anything, but for the denied action. */
export function serviceRole(aws: LocalAws, name: string, denied?: string): string {
  const services = ["lambda", "states", "events"].map((service) => `${service}.amazonaws.com`);
  return aws.iam.putRole({
    name,
    trust: { Statement: { Effect: "Allow", Principal: { Service: services }, Action: "sts:AssumeRole" } },
    policies: {
      all: { Statement: { Effect: "Allow", Action: "*", Resource: "*" } },
      ...(denied === undefined
        ? {}
        : { but: { Statement: { Effect: "Deny", Action: denied, Resource: "*" } } }),
    },
  }).arn;
}

const anyService = (Action: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action, Resource: "*" }],
});

async function rule(
  aws: LocalAws,
  bus: string,
  name: string,
  pattern: object,
  target: { Arn: string; RoleArn?: string },
) {
  await aws.call("events", "PutRule", {
    Name: name,
    EventBusName: bus,
    EventPattern: JSON.stringify(pattern),
  });
  await aws.call("events", "PutTargets", {
    Rule: name,
    EventBusName: bus,
    Targets: [{ Id: "1", ...target }],
  });
  if (!target.Arn.includes(":function:")) return;
  await aws.call("lambda", "AddPermission", {
    FunctionName: target.Arn,
    StatementId: name,
    Action: "lambda:InvokeFunction",
    Principal: "events.amazonaws.com",
  });
}
