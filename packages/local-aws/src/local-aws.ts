import { randomInt, randomUUID } from "node:crypto";
import { seededChance } from "./chance.ts";
import type { Clock } from "./clock/clock.ts";
import { runningClock } from "./clock/running-clock.ts";
import { createDynamoDb } from "./dynamodb/dynamodb.ts";
import { createEvents } from "./events/events.ts";
import type { Credentials } from "./iam/access-keys.ts";
import { authoriser } from "./iam/authorise.ts";
import { createIam, type Iam } from "./iam/iam.ts";
import { createLogs } from "./logs/logs.ts";
import type { Platform, Service, ServiceName } from "./platform.ts";
import { createS3 } from "./s3/s3.ts";
import { s3Protocol } from "./s3/s3-protocol.ts";
import { createSqs } from "./sqs/sqs.ts";
import { createSsm } from "./ssm/ssm.ts";
import { createStates } from "./states/create-states.ts";
import { createSts } from "./sts/sts.ts";
import { catalogue } from "./wire/catalogue.ts";
import { dispatcher } from "./wire/dispatcher.ts";
import { startEndpoint } from "./wire/endpoint.ts";

export interface LocalAwsOptions {
  /** Port of the endpoint on 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number;
  /** AWS time; by default a running clock at `speed` (1). */
  readonly clock?: Clock;
  readonly speed?: number;
  /** The same seed gives the same ids and choices; by default a new one. Secrets are never seeded. */
  readonly seed?: number;
  readonly account?: string;
  readonly region?: string;
  /** Hears of faults of this program; by default they are printed to standard error. */
  readonly report?: (fault: unknown) => void;
}

/** An AWS in this process, and the doors to it that need no signature. */
export interface LocalAws {
  /** `http://127.0.0.1:PORT`, for AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  readonly clock: Clock;
  /** Of the account's root. */
  readonly credentials: Credentials;
  readonly iam: Iam;
  /** Calls an operation as root. Throws AwsError. */
  // biome-ignore lint/suspicious/noExplicitAny: the output is the SDK's, named by the operation; callers name its type.
  call(service: ServiceName, operation: string, input: unknown): Promise<any>;
  close(): Promise<void>;
}

/** Starts all services behind one endpoint on 127.0.0.1. Rejects with the error of the server if the port is taken. */
export async function startLocalAws(options: LocalAwsOptions = {}): Promise<LocalAws> {
  const { port = 0, account = "123456789012", region = "us-east-1", seed = randomInt(2 ** 31) } = options;
  const report = options.report ?? ((fault) => console.error(fault));
  const clock = options.clock ?? runningClock({ speed: options.speed ?? 1 });
  const services = new Map<string, Service>();

  const platform: Platform = {
    clock,
    account,
    region,
    ...seededChance(seed),
    call: (caller, service, operation, input) => dispatch(caller, service, operation, input, randomUUID()),
    assume: (roleArn, sessionName, service) =>
      iam.assume(roleArn, sessionName, { type: "service", account, arn: service }),
    emit: (event) => events.emit(event),
    observe: () => {},
    log: (line) => logs.write(line),
  };
  const iam = createIam(platform);
  const known = catalogue();
  const logs = createLogs(platform);
  const events = createEvents(platform);
  const composed: Service[] = [
    createDynamoDb(platform, known),
    createS3(platform),
    createSqs(platform, () => endpoint.url),
    createSsm(platform),
    createSts(iam),
    createStates(platform),
    events,
    iam,
    logs,
  ];
  for (const service of composed) services.set(service.name, service);

  const dispatch = dispatcher({
    serviceNamed: (name) => services.get(name),
    catalogue: known,
    authorise: authoriser({ identityPolicies: iam.identityPolicies, now: clock.now }),
    clock,
    region,
  });
  const stop = async () => {
    for (const service of services.values()) await service.close?.();
    clock.close();
  };
  const parts = { catalogue: known, protocols: { s3: s3Protocol }, dispatch, iam, clock, region };
  const endpoint = await startEndpoint({ ...parts, requestId: randomUUID, report }, port).catch(
    async (failure) => {
      await stop();
      throw failure;
    },
  );

  return {
    endpoint: endpoint.url,
    account,
    region,
    clock,
    credentials: iam.root.credentials,
    iam,
    call: (service, operation, input) => platform.call(iam.root.caller, service, operation, input),
    async close() {
      await endpoint.close();
      await stop();
    },
  };
}
