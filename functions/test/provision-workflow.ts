import { fileURLToPath } from "node:url";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { LocalAws } from "@espalier/local-aws";
import { definition } from "@espalier/workflows";
import { expect, vi } from "vitest";
import { dynamoRuns } from "../adapters/dynamo-runs.ts";
import { countingDoor } from "./counting-door.ts";

export const table = "rollouts";
const bus = "espalier";
const urlsPath = "/espalier/test/services";
const trust = (service: string) =>
  ({ Statement: { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" } }) as const;
const everything = { all: { Statement: { Effect: "Allow", Action: "*", Resource: "*" } } } as const;

/** The provision workflow with its handlers, table and bus; what is told on the bus goes to a queue. */
export async function provisionWorkflow(aws: LocalAws) {
  const role = (name: string, service: string) =>
    aws.iam.putRole({ name, trust: trust(service), policies: everything }).arn;
  await makeTable(aws);
  await aws.call("events", "CreateEventBus", { Name: bus });
  const queueUrl = await tellQueue(aws);
  const roleArn = role("functions", "lambda.amazonaws.com");
  const door = await countingDoor(aws.endpoint);
  const put = (name: string, environment: Record<string, string> = {}) =>
    aws.lambda.putFunction({
      name,
      directory: fileURLToPath(new URL("..", import.meta.url)),
      handler: `provision/${name}.handler`,
      environment: {
        ...{ ROLLOUTS_TABLE: table, BUS_NAME: bus, SERVICE_URLS_PATH: urlsPath },
        AWS_ENDPOINT_URL_VPC_LATTICE: door.url,
        ...environment,
      },
      roleArn,
      timeoutSeconds: 60,
      memoryMb: 256,
    });
  const { stateMachineArn } = await aws.call("states", "CreateStateMachine", {
    name: "provision",
    roleArn: role("workflow", "states.amazonaws.com"),
    definition: definition("provision", {
      PlanTopologyFunction: put("plan-topology"),
      ApplyTopologyFunction: put("apply-topology"),
      FollowTopologyFunction: put("follow-topology"),
      WriteServiceUrlsFunction: put("write-service-urls"),
      SettleTopologyFunction: put("settle-topology"),
    }),
  });

  put("settle-dead-runs", { PROVISION_STATE_MACHINE_ARN: stateMachineArn });
  put("check-drift");
  const runs = dynamoRuns(rolloutsTableOf(aws));

  const start = async (id: string, detail: Record<string, unknown>, what: "Apply" | "Destroy") => {
    const input = {
      id: `event-${id}`,
      "detail-type": `Topology ${what} Requested`,
      detail: { id, ...detail },
    };
    const started = { stateMachineArn, input: JSON.stringify(input) };
    const { executionArn } = await aws.call("states", "StartExecution", started);
    return executionArn as string;
  };
  const statusOf = async (executionArn: string): Promise<string> =>
    (await aws.call("states", "DescribeExecution", { executionArn })).status;
  const finish = async (id: string, executionArn: string) => {
    await vi.waitFor(async () => expect(await statusOf(executionArn)).not.toBe("RUNNING"), {
      timeout: 60_000,
    });
    return { status: await statusOf(executionArn), run: await runs.ended(id) };
  };

  return {
    door,
    runs,
    start,
    statusOf,
    finish,
    /** Asks for an apply and waits until its execution has ended; answers its status and the run that was kept. */
    apply: async (id: string, detail: Record<string, unknown>) =>
      finish(id, await start(id, detail, "Apply")),
    /** The same for taking a topology down. */
    destroy: async (id: string, detail: Record<string, unknown>) =>
      finish(id, await start(id, detail, "Destroy")),
    stop: (executionArn: string) => aws.call("states", "StopExecution", { executionArn }),
    /** Invokes one of the functions that no workflow calls. */
    async invoke(FunctionName: string, payload: unknown): Promise<ReturnType<typeof JSON.parse>> {
      const { Payload } = await aws.call("lambda", "Invoke", {
        FunctionName,
        Payload: new TextEncoder().encode(JSON.stringify(payload)),
      });
      return JSON.parse(new TextDecoder().decode(Payload));
    },
    /** The next event that was told, as its type and detail; undefined where there is none. */
    async next(): Promise<[string, Record<string, unknown>] | undefined> {
      const { Messages = [] } = await aws.call("sqs", "ReceiveMessage", {
        QueueUrl: queueUrl,
        WaitTimeSeconds: 0,
      });
      const [message] = Messages;
      if (message === undefined) return undefined;
      await aws.call("sqs", "DeleteMessage", { QueueUrl: queueUrl, ReceiptHandle: message.ReceiptHandle });
      const event = JSON.parse(message.Body);
      return [event["detail-type"], event.detail];
    },
    async urlOf(service: string): Promise<string> {
      const { Parameter } = await aws.call("ssm", "GetParameter", { Name: `${urlsPath}/${service}` });
      return Parameter.Value;
    },
  };
}

/** The table of rollouts and runs, as the stack makes it. */
export async function makeTable(aws: LocalAws): Promise<void> {
  await aws.call("dynamodb", "CreateTable", {
    TableName: table,
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
    AttributeDefinitions: ["pk", "sk", "kind", "at"].map((AttributeName) => ({
      ...{ AttributeName, AttributeType: "S" },
    })),
    GlobalSecondaryIndexes: [
      {
        IndexName: "list",
        KeySchema: [
          { AttributeName: "kind", KeyType: "HASH" },
          { AttributeName: "at", KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "ALL" },
      },
    ],
  });
}

async function tellQueue(aws: LocalAws): Promise<string> {
  const Arn = `arn:aws:sqs:${aws.region}:${aws.account}:told`;
  const Policy = JSON.stringify({
    Statement: {
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: Arn,
    },
  });
  const { QueueUrl } = await aws.call("sqs", "CreateQueue", { QueueName: "told", Attributes: { Policy } });
  const EventPattern = JSON.stringify({ source: ["espalier"] });
  await aws.call("events", "PutRule", { Name: "told", EventBusName: bus, EventPattern });
  await aws.call("events", "PutTargets", { Rule: "told", EventBusName: bus, Targets: [{ Id: "told", Arn }] });
  return QueueUrl;
}

function rolloutsTableOf(aws: LocalAws) {
  const client = new DynamoDBClient({
    ...{ endpoint: aws.endpoint, region: aws.region, credentials: aws.credentials },
  });
  return { client: DynamoDBDocumentClient.from(client), name: table };
}
