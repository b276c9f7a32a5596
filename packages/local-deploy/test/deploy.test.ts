import { once } from "node:events";
import { existsSync } from "node:fs";
import { get } from "node:https";
import path from "node:path";
import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import {
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, ListTargetsByRuleCommand, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetScheduleCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { DescribeExecutionCommand, ListExecutionsCommand, SFNClient } from "@aws-sdk/client-sfn";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { type LocalAws, startLocalAws } from "@espalier/local-aws";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Deployment, deploy } from "../src/deploy.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const stage = "deploy-test";
const table = `espalier-${stage}-rollouts`;

let aws: LocalAws;
let deployment: Deployment;
const heard: string[] = [];

beforeAll(async () => {
  // Targets drain for a minute, in each of two topologies.
  aws = await startLocalAws({ speed: 30 });
  deployment = await deploy({ root, stage, aws, shop: true, onProgress: (doing) => heard.push(doing) });
}, 180_000);

afterAll(async () => {
  await deployment?.close();
  await aws?.close();
});

/** How a client of the SDK reaches the embedded AWS: as root, or as the session of a role. */
const reach = (credentials = aws.credentials) => ({
  endpoint: aws.endpoint,
  region: aws.region,
  credentials,
});

/** The credentials that the function of this name runs with. */
function roleOf(name: string) {
  const lambda = { type: "service", account: aws.account, arn: "lambda.amazonaws.com" } as const;
  const role = `arn:aws:iam::${aws.account}:role/espalier-${stage}-${name}`;
  return aws.iam.credentialsOf(aws.iam.assume(role, name, lambda));
}

describe("what was deployed", () => {
  test("is found by the parameter that the command reads", async () => {
    const name = `/espalier/${stage}/outputs`;
    const { Parameter } = await new SSMClient(reach()).send(new GetParameterCommand({ Name: name }));
    expect(JSON.parse(Parameter?.Value ?? "")).toMatchObject({ table, bus: `espalier-${stage}-bus` });
    expect(deployment.outputs).toMatchObject({ table, orderFunction: expect.stringContaining("order") });
  });

  test("has the table with its index", async () => {
    const { Table } = await new DynamoDBClient(reach()).send(new DescribeTableCommand({ TableName: table }));
    expect(Table).toMatchObject({
      TableStatus: "ACTIVE",
      GlobalSecondaryIndexes: [expect.objectContaining({ IndexName: "list" })],
    });
  });

  test("has rules with targets and their dead-letter queue", async () => {
    const { Targets } = await new EventBridgeClient(reach()).send(
      new ListTargetsByRuleCommand({
        Rule: `espalier-${stage}-rollout-requested`,
        EventBusName: `espalier-${stage}-bus`,
      }),
    );
    expect(Targets).toEqual([
      expect.objectContaining({
        Arn: deployment.outputs.rolloutStateMachine,
        DeadLetterConfig: { Arn: expect.stringMatching(/undelivered$/) },
      }),
    ]);
  });

  test("has the sweeper's schedule and the alarms", async () => {
    const { ScheduleExpression } = await new SchedulerClient(reach()).send(
      new GetScheduleCommand({ Name: `espalier-${stage}-sweep` }),
    );
    expect(ScheduleExpression).toBe("rate(5 minutes)");
    const { MetricAlarms = [] } = await new CloudWatchClient(reach()).send(new DescribeAlarmsCommand());
    expect(MetricAlarms.map(({ AlarmName }) => AlarmName).sort()).toEqual([
      ...["failed", "recovery-aborted", "recovery-failed", "recovery-throttled", "recovery-timed-out"].map(
        (name) => `espalier-${stage}-${name}`,
      ),
      `espalier-${stage}-undelivered`,
    ]);
  });

  test("runs functions from the bundles that SST built, with the role that the stacks give them", async () => {
    const { FunctionError, Payload } = await new LambdaClient(reach()).send(
      new InvokeCommand({ FunctionName: `espalier-${stage}-sweep`, Payload: "{}" }),
    );
    expect(FunctionError).toBeUndefined();
    expect(JSON.parse(Payload?.transformToString() ?? "")).toEqual({ recovered: [] });
  });

  test("starts the workflow that an event asks for", async () => {
    const entry = { EventBusName: `espalier-${stage}-bus`, Source: "test", DetailType: "Rollout Requested" };
    const detail = { service: "nowhere", candidate: "nothing", strategy: { type: "canary", steps: [] } };
    await new EventBridgeClient(reach()).send(
      new PutEventsCommand({ Entries: [{ ...entry, Detail: JSON.stringify(detail) }] }),
    );
    const states = new SFNClient(reach());
    const stateMachineArn = String(deployment.outputs.rolloutStateMachine);
    const ended = await vi.waitFor(async () => {
      const { executions = [] } = await states.send(new ListExecutionsCommand({ stateMachineArn }));
      const { executionArn } = executions[0] ?? {};
      const execution = await states.send(new DescribeExecutionCommand({ executionArn }));
      expect(execution.status).not.toBe("RUNNING");
      return execution;
    }, 90_000);
    expect(ended.status).toBe("SUCCEEDED");
  }, 120_000);
});

describe("a deployed role", () => {
  test("may do what the stacks say", async () => {
    const query = new QueryCommand({
      TableName: table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: "ROLLOUT#none" } },
    });
    await expect(new DynamoDBClient(reach(roleOf("decide"))).send(query)).resolves.toMatchObject({
      Count: 0,
    });
  });

  test("may do nothing else", async () => {
    const remove = new DeleteItemCommand({ TableName: table, Key: { pk: { S: "a" }, sk: { S: "b" } } });
    await expect(new DynamoDBClient(reach(roleOf("decide"))).send(remove)).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
  });

  test("is assumed by nobody but its service", () => {
    const role = `arn:aws:iam::${aws.account}:role/espalier-${stage}-decide`;
    const events = { type: "service", account: aws.account, arn: "events.amazonaws.com" } as const;
    expect(() => aws.iam.assume(role, "x", events)).toThrow("not authorized to perform: sts:AssumeRole");
  });
});

describe("the shop's containers and instances", () => {
  test.for(["inventoryV1", "inventoryV2", "inventoryV3", "deliveryBalancer"])(
    "answer for %s at each of its targets",
    async (name) => {
      for (const target of [deployment.outputs[name]].flat()) {
        const real = aws.lattice.addresses.resolve(String(target), 80);
        expect((await fetch(`http://${real}/health`)).status, `${target} is ${real}`).toBe(200);
      }
    },
  );

  test("answer for payment over TLS, at each of its instances", async () => {
    const ca = await aws.certificateAuthority();
    for (const instance of deployment.outputs.paymentInstances as string[]) {
      const [host, port] = aws.lattice.addresses.resolve(instance, 8443)?.split(":") ?? [];
      const health = get({
        host,
        port,
        path: "/health",
        ca,
        servername: "ShopPayment1",
        checkServerIdentity,
      });
      const [response] = await once(health, "response");
      expect(response.resume().statusCode).toBe(200);
    }
  });
});

/** Each instance's certificate has the name of that instance. */
const checkServerIdentity = () => undefined;

describe("the shop's topology", () => {
  test("is applied by the deployment, payment's in the other account", async () => {
    const { items } = await aws.call("vpc-lattice", "ListServices", {});
    expect(items.map(({ name }: { name: string }) => name).sort()).toEqual([
      "delivery",
      "inventory",
      "order",
    ]);
    const theirs = await aws.callAs(
      rootOf(String(deployment.outputs.paymentAccount)),
      "vpc-lattice",
      "ListServices",
      {},
    );
    expect(theirs.items).toEqual([
      expect.objectContaining({ name: "payment", customDomainName: "payment.shop.example" }),
    ]);
    expect([...deployment.answers.keys()]).toEqual(["ShopTopology", "ShopPaymentTopology"]);
  });
});

function rootOf(account: string) {
  return { type: "root", account, arn: `arn:aws:iam::${account}:root` } as const;
}

describe("a deployment", () => {
  test("tells what it does", () => {
    expect(heard).toContain("building and deploying with sst");
    expect(heard.slice(-3)).toEqual([
      expect.stringMatching(/^creating \d+ resources$/),
      "waiting for ShopTopology",
      "waiting for ShopPaymentTopology",
    ]);
  });

  test("shows nothing of sst, whose words are in a file", () => {
    expect(existsSync(path.join(root, ".sst/local-deploy/sst.log"))).toBe(true);
  });

  test.for([
    ["a stage that is no name", { stage: "my stage" }, 'the stage is "my stage"; a stage is letters'],
    [
      "a directory without SST's platform",
      { root: import.meta.dirname },
      "SST's platform is not installed; run: npm run setup",
    ],
  ] as const)("is refused for %s, in one line", async ([, wrong, message]) => {
    await expect(deploy({ root, stage, aws, ...wrong })).rejects.toThrow(message);
  });
});

describe("a deployment that is removed", () => {
  test("takes its topologies down in both accounts, and then all that they stood on", async () => {
    await deployment.remove();
    for (const caller of [rootOf(String(deployment.outputs.paymentAccount)), rootOf(aws.account)]) {
      for (const list of ["ListServices", "ListServiceNetworks", "ListTargetGroups"])
        expect((await aws.callAs(caller, "vpc-lattice", list, {})).items, list).toEqual([]);
      expect((await aws.callAs(caller, "ec2", "DescribeVpcs", {})).Vpcs).toEqual([]);
      expect((await aws.callAs(caller, "lambda", "ListFunctions", {})).Functions).toEqual([]);
    }
  }, 120_000);
});
