import { fileURLToPath } from "node:url";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { localAuthority } from "../../src/acm/authority.ts";
import { seededChance } from "../../src/chance.ts";
import { type ManualClock, manualClock } from "../../src/clock/manual-clock.ts";
import { authoriser } from "../../src/iam/authorise.ts";
import { createIam, type Iam } from "../../src/iam/iam.ts";
import type { FunctionSettings } from "../../src/lambda/function-settings.ts";
import { createLambda, type Lambda } from "../../src/lambda/lambda.ts";
import type { LambdaParts } from "../../src/lambda/lambda-function.ts";
import type { Caller, LogLine, Observation, Operation, Platform } from "../../src/platform.ts";
import { memoryStorage } from "../../src/storage/memory-storage.ts";
import { catalogue } from "../../src/wire/catalogue.ts";
import { dispatcher } from "../../src/wire/dispatcher.ts";
import { startEndpoint } from "../../src/wire/endpoint.ts";

export interface LambdaRig {
  readonly clock: ManualClock;
  readonly iam: Iam;
  readonly lambda: Lambda;
  readonly platform: Platform;
  readonly client: LambdaClient;
  readonly endpoint: string;
  readonly logs: LogLine[];
  readonly observations: Observation[];
  /** What queues were sent, by whom. */
  readonly sent: { caller: Caller; input: Record<string, unknown> }[];
  /** Deploys a function of the folder `functions`, with a role that Lambda may assume. */
  deploy(handler: string, settings?: Partial<FunctionSettings>): string;
  close(): Promise<void>;
}

/** Lambda and IAM behind the real endpoint, on a clock that stands still; queues only note what they are sent. */
export async function lambdaRig(
  network: LambdaParts["network"] = () => undefined,
  authority: LambdaParts["authority"] = localAuthority(undefined).root,
): Promise<LambdaRig> {
  const clock = manualClock();
  const [account, region] = ["123456789012", "us-east-1"];
  const logs: LogLine[] = [];
  const observations: Observation[] = [];
  const sent: LambdaRig["sent"] = [];
  let requests = 0;
  const requestId = () => `request-${++requests}`;
  const platform: Platform = {
    clock,
    account,
    region,
    storage: memoryStorage(),
    ...seededChance(1),
    call: (caller, service, operation, input) => dispatch(caller, service, operation, input, requestId()),
    assume: (roleArn, session, service) =>
      iam.assume(roleArn, session, { type: "service", account, arn: service }),
    emit: () => {},
    observe: (observation) => observations.push(observation),
    log: (line) => logs.push(line),
  };
  const iam = createIam(platform);
  const lambda = createLambda(platform, {
    endpoint: () => endpoint.url,
    credentialsOf: iam.credentialsOf,
    network,
    authority,
    mishap: () => undefined,
    sandboxes: 2,
  });
  const SendMessage: Operation<Record<string, unknown>> = {
    permissions: ({ QueueUrl }) => [
      {
        action: "sqs:SendMessage",
        resource: `arn:aws:sqs:${region}:${account}:${String(QueueUrl).split("/").at(-1)}`,
      },
    ],
    run: (input, { caller }) => sent.push({ caller, input }),
  };
  const services = new Map(
    [iam, lambda, { name: "sqs" as const, operations: { SendMessage } }].map((it) => [String(it.name), it]),
  );
  const known = catalogue();
  const authorise = authoriser({ ...iam, now: clock.now });
  const dispatch = dispatcher({
    serviceNamed: (name) => services.get(name),
    catalogue: known,
    authorise,
    clock,
    region,
  });
  const report = (fault: unknown) => console.error(fault);
  const endpoint = await startEndpoint(
    { catalogue: known, protocols: {}, doors: new Map(), dispatch, iam, clock, requestId, report },
    0,
  );
  iam.putRole({
    name: "worker",
    trust: {
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    },
    policies: {},
  });
  const client = new LambdaClient({
    endpoint: endpoint.url,
    region,
    credentials: iam.root.credentials,
    maxAttempts: 1,
  });
  return {
    clock,
    iam,
    lambda,
    platform,
    client,
    endpoint: endpoint.url,
    logs,
    observations,
    sent,
    deploy: (handler, settings = {}) =>
      lambda.putFunction({
        name: handler.replaceAll(/[^a-zA-Z0-9]/g, "-"),
        directory: fileURLToPath(new URL("./functions", import.meta.url)),
        handler,
        environment: {},
        roleArn: `arn:aws:iam::${account}:role/worker`,
        timeoutSeconds: 20,
        memoryMb: 128,
        ...settings,
      }),
    async close() {
      client.destroy();
      await lambda.close();
      await endpoint.close();
      clock.close();
    },
  };
}

/** What a function answered, read as JSON. */
export function answer({ Payload }: { Payload?: Uint8Array }): unknown {
  return JSON.parse(Buffer.from(Payload ?? []).toString());
}

export function event(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}
