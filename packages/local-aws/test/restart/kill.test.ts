import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../storage/storage-rig.ts";
import { type KillableAws, killableAws } from "./killable-aws.ts";

const role = "arn:aws:iam::123456789012:role/all";
const everyone = {
  Effect: "Allow",
  Principal: { Service: ["states.amazonaws.com", "scheduler.amazonaws.com"] },
};
const machineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:waiting";
const waiting = (comment: string) =>
  JSON.stringify({
    Comment: comment,
    QueryLanguage: "JSONata",
    StartAt: "Wait",
    States: { Wait: { Type: "Wait", Seconds: 86_400, End: true } },
  });

/** A place that holds the value last written to it. */
interface Register {
  write(aws: KillableAws, value: number): Promise<unknown>;
  read(aws: KillableAws): Promise<number>;
}

const registers: Readonly<Record<string, Register>> = {
  parameter: {
    write: (aws, value) =>
      aws.call("ssm", "PutParameter", { Name: "/a", Value: String(value), Type: "String", Overwrite: true }),
    read: async (aws) => Number((await aws.call("ssm", "GetParameter", { Name: "/a" })).Parameter.Value),
  },
  item: {
    write: (aws, value) =>
      aws.call("dynamodb", "PutItem", {
        TableName: "items",
        Item: { id: { S: "a" }, n: { N: String(value) } },
      }),
    async read(aws) {
      const { Item } = await aws.call("dynamodb", "GetItem", { TableName: "items", Key: { id: { S: "a" } } });
      return Number(Item.n.N);
    },
  },
  object: {
    write: (aws, value) =>
      aws.call("s3", "PutObject", { Bucket: "bucket", Key: "a", Body: Buffer.from(String(value)) }),
    read: async (aws) =>
      Number(Buffer.from((await aws.call("s3", "GetObject", { Bucket: "bucket", Key: "a" })).Body)),
  },
  rule: {
    write: (aws, value) =>
      aws.call("events", "PutRule", {
        Name: "a",
        Description: String(value),
        EventPattern: '{"source":["a"]}',
      }),
    read: async (aws) => Number((await aws.call("events", "DescribeRule", { Name: "a" })).Description),
  },
  policy: {
    write: (aws, value) =>
      aws.call("iam", "PutRolePolicy", {
        RoleName: "all",
        PolicyName: "own",
        PolicyDocument: JSON.stringify({
          Statement: { Sid: `v${value}`, Effect: "Allow", Action: "*", Resource: "*" },
        }),
      }),
    async read(aws) {
      const policy = { RoleName: "all", PolicyName: "own" };
      const { PolicyDocument } = await aws.call("iam", "GetRolePolicy", policy);
      return Number(/"v(\d+)"/.exec(decodeURIComponent(PolicyDocument))?.[1]);
    },
  },
  definition: {
    write: (aws, value) =>
      aws.call("states", "UpdateStateMachine", {
        stateMachineArn: machineArn,
        definition: waiting(String(value)),
      }),
    async read(aws) {
      const { definition } = await aws.call("states", "DescribeStateMachine", {
        stateMachineArn: machineArn,
      });
      return Number(JSON.parse(definition).Comment);
    },
  },
  network: {
    async write(aws, value) {
      const { items } = await aws.call("vpc-lattice", "ListServiceNetworks", {});
      return aws.call("vpc-lattice", "TagResource", {
        resourceArn: items[0].arn,
        tags: { value: String(value) },
      });
    },
    async read(aws) {
      const { items } = await aws.call("vpc-lattice", "ListServiceNetworks", {});
      const { tags } = await aws.call("vpc-lattice", "ListTagsForResource", { resourceArn: items[0].arn });
      return Number(tags.value);
    },
  },
  schedule: {
    write: (aws, value) =>
      aws.call("scheduler", "UpdateSchedule", { ...schedule, Description: String(value) }),
    read: async (aws) => Number((await aws.call("scheduler", "GetSchedule", { Name: "a" })).Description),
  },
};

const schedule = {
  Name: "a",
  ScheduleExpression: "rate(1 day)",
  StartDate: new Date(Date.UTC(2100, 0)),
  FlexibleTimeWindow: { Mode: "OFF" },
  Target: { Arn: "arn:aws:sqs:us-east-1:123456789012:queue", RoleArn: role },
};

/** A place that holds all values ever written to it. */
interface Collection {
  write(aws: KillableAws, value: number): Promise<unknown>;
  read(aws: KillableAws): Promise<readonly number[]>;
}

const collections = (): Readonly<Record<string, Collection>> => ({
  queue: queue(),
  stream: {
    write: (aws, value) =>
      aws.call("logs", "PutLogEvents", {
        logGroupName: "group",
        logStreamName: "stream",
        logEvents: [{ timestamp: value, message: String(value) }],
      }),
    async read(aws) {
      const stream = { logGroupName: "group", logStreamName: "stream" };
      const { events } = await aws.call("logs", "GetLogEvents", stream);
      return events.map(({ message }: { message: string }) => Number(message));
    },
  },
  executions: {
    write: (aws, value) =>
      aws.call("states", "StartExecution", { stateMachineArn: machineArn, name: `e${value}` }),
    async read(aws) {
      const list = { stateMachineArn: machineArn, maxResults: 1000, statusFilter: "RUNNING" };
      const { executions } = await aws.call("states", "ListExecutions", list);
      return executions.map(({ name }: { name: string }) => Number(name.slice(1)));
    },
  },
});

/** What was received once is hidden for long, through all kills, and counts as there. */
function queue(): Collection {
  const found = new Set<number>();
  return {
    write: (aws, value) => aws.call("sqs", "SendMessage", { QueueUrl: "queue", MessageBody: String(value) }),
    async read(aws) {
      for (let before = -1; before < found.size; ) {
        before = found.size;
        const received = { QueueUrl: "queue", MaxNumberOfMessages: 10, VisibilityTimeout: 43_200 };
        const { Messages = [] } = await aws.call("sqs", "ReceiveMessage", received);
        for (const { Body } of Messages) found.add(Number(Body));
      }
      return [...found];
    },
  };
}

async function prepare(aws: KillableAws): Promise<void> {
  const AssumeRolePolicyDocument = JSON.stringify({ Statement: { ...everyone, Action: "sts:AssumeRole" } });
  await aws.call("iam", "CreateRole", { RoleName: "all", AssumeRolePolicyDocument });
  await aws.call("dynamodb", "CreateTable", {
    TableName: "items",
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  });
  await aws.call("s3", "CreateBucket", { Bucket: "bucket" });
  await aws.call("sqs", "CreateQueue", { QueueName: "queue" });
  await aws.call("logs", "CreateLogGroup", { logGroupName: "group" });
  await aws.call("logs", "CreateLogStream", { logGroupName: "group", logStreamName: "stream" });
  await aws.call("states", "CreateStateMachine", {
    name: "waiting",
    definition: waiting("0"),
    roleArn: role,
  });
  await aws.call("vpc-lattice", "CreateServiceNetwork", { name: "shop" });
  await aws.call("scheduler", "CreateSchedule", schedule);
  for (const register of Object.values(registers)) await register.write(aws, 0);
}

const kills = 3;
const writesBeforeEach = 60;

describe("a local AWS killed at any moment", () => {
  test.for([1, 2])("has all that it had acknowledged, by seed %i", { timeout: 180_000 }, async (seed) => {
    const generator = xoroshiro128plus(seed);
    const below = (most: number) => uniformInt(generator, 0, most - 1);
    const directory = temporaryDirectory();
    const all = collections();
    /** What each register may hold: what was acknowledged last, and what was not acknowledged after it. */
    const held = new Map(Object.keys(registers).map((name) => [name, [0]]));
    const kept = new Map(
      Object.keys(all).map((name) => [name, { sure: new Set<number>(), unsure: new Set<number>() }]),
    );
    const busy = new Set<string>();
    let value = 0;
    let acknowledged = 0;

    const write = (aws: KillableAws): Promise<void> => {
      value += 1;
      const written = value;
      const names = [...Object.keys(registers), ...Object.keys(all)];
      const name = names[below(names.length)] ?? "";
      const register = registers[name];
      const collection = all[name];
      if (register !== undefined && !busy.has(name)) {
        busy.add(name);
        held.get(name)?.push(written);
        return register.write(aws, written).then(() => {
          acknowledged += 1;
          busy.delete(name);
          held.set(name, [written]);
        });
      }
      if (collection !== undefined) {
        kept.get(name)?.unsure.add(written);
        return collection.write(aws, written).then(() => {
          acknowledged += 1;
          kept.get(name)?.unsure.delete(written);
          kept.get(name)?.sure.add(written);
        });
      }
      return Promise.resolve();
    };

    let aws = await killableAws(directory);
    await prepare(aws);
    for (let kill = 0; kill < kills; kill += 1) {
      for (let count = below(writesBeforeEach); count >= 0; count -= 1) {
        const written = write(aws);
        if (below(3) > 0) await written;
      }
      await aws.kill();
      busy.clear();
      aws = await killableAws(directory);
      for (const [name, register] of Object.entries(registers))
        expect(held.get(name), `${name} after kill ${kill}`).toContain(await register.read(aws));
      for (const [name, collection] of Object.entries(all)) {
        const found = new Set(await collection.read(aws));
        const { sure, unsure } = kept.get(name) ?? { sure: new Set<number>(), unsure: new Set<number>() };
        const lost = [...sure].filter((each) => !found.has(each));
        const madeUp = [...found].filter((each) => !sure.has(each) && !unsure.has(each));
        expect({ name, kill, lost, madeUp }).toEqual({ name, kill, lost: [], madeUp: [] });
      }
    }
    await aws.kill();
    expect(acknowledged).toBeGreaterThan(30);
  });
});
