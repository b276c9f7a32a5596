import { fileURLToPath } from "node:url";
import type { LocalAws } from "@espalier/local-aws";
import type { TopologyRun } from "@espalier/topology";
import { definition } from "@espalier/workflows";
import { expect, vi } from "vitest";

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
  await aws.call("dynamodb", "CreateTable", {
    TableName: table,
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
    AttributeDefinitions: [
      { AttributeName: "pk", AttributeType: "S" },
      { AttributeName: "sk", AttributeType: "S" },
    ],
  });
  await aws.call("events", "CreateEventBus", { Name: bus });
  const queueUrl = await tellQueue(aws);
  const roleArn = role("functions", "lambda.amazonaws.com");
  const put = (name: string) =>
    aws.lambda.putFunction({
      name,
      directory: fileURLToPath(new URL("..", import.meta.url)),
      handler: `provision/${name}.handler`,
      environment: { ROLLOUTS_TABLE: table, BUS_NAME: bus, SERVICE_URLS_PATH: urlsPath },
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
      SettleTopologyFunction: put("settle-topology"),
    }),
  });

  async function kept(id: string): Promise<TopologyRun | undefined> {
    const Key = { pk: { S: `TOPOLOGY#${id}` }, sk: { S: "META" } };
    const { Item } = await aws.call("dynamodb", "GetItem", { TableName: table, Key, ConsistentRead: true });
    return Item && unmarshalled({ M: Item });
  }

  return {
    /** Asks for an apply and waits until its execution has ended; answers its status and the run that was kept. */
    async apply(id: string, detail: Record<string, unknown>) {
      const { executionArn } = await aws.call("states", "StartExecution", {
        stateMachineArn,
        input: JSON.stringify({
          id: `event-${id}`,
          "detail-type": "Topology Apply Requested",
          detail: { id, ...detail },
        }),
      });
      const status = async () => (await aws.call("states", "DescribeExecution", { executionArn })).status;
      await vi.waitFor(async () => expect(await status()).not.toBe("RUNNING"), { timeout: 60_000 });
      return { status: await status(), run: await kept(id) };
    },
    kept,
    /** The next event that was told, as its type and detail. */
    async told(): Promise<[string, Record<string, unknown>]> {
      const { Messages = [] } = await aws.call("sqs", "ReceiveMessage", {
        QueueUrl: queueUrl,
        WaitTimeSeconds: 0,
      });
      const [message] = Messages;
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

type Attribute = { S?: string; N?: string; BOOL?: boolean; M?: Record<string, Attribute>; L?: Attribute[] };

function unmarshalled({ S, N, BOOL, M, L }: Attribute): ReturnType<typeof JSON.parse> {
  if (M) return Object.fromEntries(Object.entries(M).map(([key, value]) => [key, unmarshalled(value)]));
  return L?.map(unmarshalled) ?? S ?? BOOL ?? Number(N);
}
