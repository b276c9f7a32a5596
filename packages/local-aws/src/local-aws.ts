import { randomInt, randomUUID } from "node:crypto";
import { seededChance } from "./chance.ts";
import type { Clock } from "./clock/clock.ts";
import { runningClock } from "./clock/running-clock.ts";
import { createServices } from "./create-services.ts";
import type { Ec2 } from "./ec2/ec2.ts";
import { faultyCalls } from "./faults/call-faults.ts";
import { createFaults, type Faults } from "./faults/faults.ts";
import { faultsDoor } from "./faults/faults-door.ts";
import { faultyMetrics } from "./faults/metric-faults.ts";
import { neverStrikes } from "./faults/offered.ts";
import type { Credentials } from "./iam/access-keys.ts";
import { authoriser } from "./iam/authorise.ts";
import { createIam, type Iam } from "./iam/iam.ts";
import type { Lambda } from "./lambda/lambda.ts";
import type { Caller, Platform, ServiceName } from "./platform.ts";
import { s3Protocol } from "./s3/s3-protocol.ts";
import { memoryStorage } from "./storage/memory-storage.ts";
import type { Lattice } from "./vpc-lattice/lattice.ts";
import type { LatticeSettings } from "./vpc-lattice/settings.ts";
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
  /** How Lattice chooses among weighted target groups; seeded chance by default. */
  readonly latticeChoice?: LatticeSettings["choice"];
  /** What else can be set about Lattice. */
  readonly lattice?: Partial<LatticeSettings>;
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
  readonly ec2: Ec2;
  readonly faults: Faults;
  readonly iam: Iam;
  readonly lambda: Lambda;
  readonly lattice: Lattice;
  /** Calls an operation as root, and suffers no arranged fault; what it sets going does. Throws AwsError. */
  // biome-ignore lint/suspicious/noExplicitAny: the output is the SDK's, named by the operation; callers name its type.
  call(service: ServiceName, operation: string, input: unknown): Promise<any>;
  /** Calls an operation as somebody else, whose permissions are checked, and suffers no fault. Throws AwsError. */
  // biome-ignore lint/suspicious/noExplicitAny: the output is the SDK's, named by the operation; callers name its type.
  callAs(caller: Caller, service: ServiceName, operation: string, input: unknown): Promise<any>;
  close(): Promise<void>;
}

/** Starts all services behind one endpoint on 127.0.0.1. Rejects with the error of the server if the port is taken. */
export async function startLocalAws(options: LocalAwsOptions = {}): Promise<LocalAws> {
  const { port = 0, account = "123456789012", region = "us-east-1", seed = randomInt(2 ** 31) } = options;
  const report = options.report ?? ((fault) => console.error(fault));
  const clock = options.clock ?? runningClock({ speed: options.speed ?? 1 });
  const known = catalogue();

  const faults = createFaults((fault) => neverStrikes(fault, services.all));
  const platform: Platform = {
    clock,
    account,
    region,
    ...seededChance(seed),
    call: (caller, service, operation, input) => suffer(caller, service, operation, input, randomUUID()),
    assume: (roleArn, sessionName, service) =>
      iam.assume(roleArn, sessionName, { type: "service", account, arn: service }),
    emit: (event) => services.events.emit(event),
    observe: faultyMetrics((observation) => services.monitoring.observe(observation), faults),
    log: (line) => services.logs.write(line),
    storage: memoryStorage(),
  };
  const iam = createIam(platform);
  const services = createServices(platform, {
    iam,
    catalogue: known,
    endpoint: () => endpoint.url,
    latticeSettings: latticeSettings(options),
    report,
    faults,
  });
  const dispatch = dispatcher({
    serviceNamed: services.named,
    catalogue: known,
    authorise: authoriser({ identityPolicies: iam.identityPolicies, now: clock.now }),
    clock,
    region,
  });
  const suffer = faultyCalls(dispatch, faults);
  const call: LocalAws["callAs"] = (caller, service, operation, input) =>
    dispatch(caller, service, operation, input, randomUUID());
  const stop = async () => {
    await services.close();
    clock.close();
  };
  const doors = new Map([["/_local/faults", faultsDoor(faults)]]);
  const wire = {
    catalogue: known,
    protocols: { s3: s3Protocol },
    dispatch: suffer,
    doors,
    iam,
    clock,
    region,
  };
  const endpoint = await startEndpoint({ ...wire, requestId: randomUUID, report }, port).catch(
    async (failure) => {
      await stop();
      throw failure;
    },
  );

  const { ec2, lambda, lattice } = services;
  return {
    endpoint: endpoint.url,
    account,
    region,
    clock,
    credentials: iam.root.credentials,
    ec2,
    faults,
    iam,
    lambda,
    lattice,
    call: (service, operation, input) => call(iam.root.caller, service, operation, input),
    callAs: call,
    async close() {
      await endpoint.close();
      await stop();
    },
  };
}

function latticeSettings({ lattice = {}, latticeChoice }: LocalAwsOptions): Partial<LatticeSettings> {
  return latticeChoice === undefined ? lattice : { ...lattice, choice: latticeChoice };
}
