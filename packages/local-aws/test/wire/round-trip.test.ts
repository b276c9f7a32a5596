import { ACMClient } from "@aws-sdk/client-acm";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { RAMClient } from "@aws-sdk/client-ram";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";
import { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import type { NormalizedSchema } from "@smithy/core/schema";
import { HttpResponse } from "@smithy/core/transport";
import { describe, expect, test } from "vitest";
import { AwsError } from "../../src/aws-error.ts";
import { catalogue } from "../../src/wire/catalogue.ts";
import type { WireRequest } from "../../src/wire/protocol.ts";
import type { OperationSchema } from "../../src/wire/schemas.ts";
import { sampleOf } from "./sample.ts";

const settings = { region: "us-east-1", credentials: { accessKeyId: "A", secretAccessKey: "S" } };
const clients = {
  acm: new ACMClient(settings),
  dynamodb: new DynamoDBClient(settings),
  elasticloadbalancing: new ElasticLoadBalancingV2Client(settings),
  events: new EventBridgeClient(settings),
  iam: new IAMClient(settings),
  lambda: new LambdaClient(settings),
  logs: new CloudWatchLogsClient(settings),
  monitoring: new CloudWatchClient(settings),
  ram: new RAMClient(settings),
  scheduler: new SchedulerClient(settings),
  sqs: new SQSClient(settings),
  ssm: new SSMClient(settings),
  states: new SFNClient(settings),
  sts: new STSClient(settings),
  "vpc-lattice": new VPCLatticeClient(settings),
};

/** What a client's protocol has in common, whatever the client. */
interface ClientProtocol {
  serializeRequest(operation: object, input: object, context: object): Promise<SentRequest>;
  deserializeResponse(operation: object, context: object, response: HttpResponse): Promise<object>;
}

interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

describe.for(Object.entries(clients))("%s speaks as its SDK client does", ([service, client]) => {
  const protocol = client.config.protocol as unknown as ClientProtocol;
  const context = {
    ...client.config,
    endpoint: async () => ({ protocol: "http:", hostname: "127.0.0.1", path: "/" }),
  };
  const described = catalogue()(service);

  test("every operation's input arrives as the client was given it", async () => {
    const { schemas, protocol: ours } = await loaded(described);
    for (const operation of schemas.operations.values()) {
      if (isStreamed(operation.input)) continue;
      const given = sampleOf(operation.input) as object;
      const request = wireRequest(
        await protocol.serializeRequest(clientOperation(operation), given, context),
      );
      expect(ours.decode(request), operation.name).toEqual({
        operation: operation.name,
        input: given,
      });
    }
  });

  test("every operation's output reaches the client as it was given", async () => {
    const { schemas, protocol: ours } = await loaded(described);
    for (const operation of schemas.operations.values()) {
      if (isStreamed(operation.output)) continue;
      const given = sampleOf(operation.output) as object;
      const { status, headers, body } = ours.encode(operation.name, given, "request");
      const response = new HttpResponse({
        statusCode: status,
        headers: { ...headers },
        body: Buffer.from(body),
      });
      const { $metadata, ...received } = (await protocol.deserializeResponse(
        clientOperation(operation),
        context,
        response,
      )) as {
        $metadata?: object;
      };
      expect(structuredClone(received), operation.name).toEqual(given);
    }
  });

  test("every error is raised by its name, with its message and members", async () => {
    const { schemas, protocol: ours } = await loaded(described);
    const [any] = schemas.operations.values();
    if (any === undefined) throw new Error("no operations");
    for (const { code, queryError } of schemas.errors.values()) {
      // A client that knows two errors by one old name raises either: CloudWatch's ResourceNotFound.
      if (queryError !== code && schemas.errors.has(queryError ?? "")) continue;
      const error = new AwsError(code, "what went wrong & where", 400);
      const { status, headers, body } = ours.encodeError(error, "request");
      const response = new HttpResponse({
        statusCode: status,
        headers: { ...headers },
        body: Buffer.from(body),
      });
      const raised = await protocol
        .deserializeResponse(clientOperation(any), context, response)
        .catch((e) => e);
      expect(raised, code).toMatchObject({ name: code, message: "what went wrong & where" });
    }
  });
});

async function loaded<Value>(value: Promise<Value> | undefined): Promise<Value> {
  if (value === undefined) throw new Error("not in the catalogue");
  return await value;
}

function clientOperation({ name, http, input, output }: OperationSchema) {
  return { name, namespace: "test", traits: http === undefined ? 0 : { http }, input, output };
}

function wireRequest({ method, path, query, headers, body }: SentRequest): WireRequest {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) search.append(name, one ?? "");
  }
  const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    method,
    path: search.size === 0 ? path : `${path}?${search}`,
    headers: Object.fromEntries(lowerCase),
    body: typeof body === "object" ? Buffer.concat([body]) : Buffer.from(body ?? ""),
  };
}

function isStreamed(schema: NormalizedSchema): boolean {
  return (
    schema.isStructSchema() &&
    [...schema.structIterator()].some(([, member]) => member.getMergedTraits().streaming)
  );
}
