import { randomInt, randomUUID } from "node:crypto";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Acm } from "./acm/acm.ts";
import { localAuthority } from "./acm/authority.ts";
import { seededChance } from "./chance.ts";
import type { Clock } from "./clock/clock.ts";
import { runningClock } from "./clock/running-clock.ts";
import type { Ec2 } from "./ec2/ec2.ts";
import { ec2Protocol } from "./ec2/ec2-protocol.ts";
import type { Elb } from "./elb/elb.ts";
import { createFaults, type Faults } from "./faults/faults.ts";
import { faultsDoor } from "./faults/faults-door.ts";
import { neverStrikes } from "./faults/offered.ts";
import type { Credentials } from "./iam/access-keys.ts";
import type { Iam } from "./iam/iam.ts";
import type { Lambda } from "./lambda/lambda.ts";
import type { Caller, ServiceName } from "./platform.ts";
import { resetDoor } from "./reset-door.ts";
import { s3Protocol } from "./s3/s3-protocol.ts";
import { takeDataDirectory } from "./storage/data-directory.ts";
import { memoryStorage } from "./storage/memory-storage.ts";
import { explainDoor } from "./vpc-lattice/explain-door.ts";
import { gatewaysDoor } from "./vpc-lattice/gateways-door.ts";
import type { Lattice } from "./vpc-lattice/lattice.ts";
import type { LatticeSettings } from "./vpc-lattice/settings.ts";
import { targetsDoor } from "./vpc-lattice/targets-door.ts";
import { catalogue } from "./wire/catalogue.ts";
import type { Dispatch } from "./wire/dispatcher.ts";
import { type Door, type Endpoint, startEndpoint } from "./wire/endpoint.ts";
import { createWorld, type World } from "./world.ts";

export interface LocalAwsOptions {
  /** Port of the endpoint on 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number;
  /** A directory that keeps the state from one process to the next; by default nothing is kept. */
  readonly data?: string;
  /**
   * AWS time; by default a running clock at `speed` (1). A function is told the time at which the state was left (milliseconds
   * since the epoch), if there is any.
   */
  readonly clock?: Clock | ((leftAt: number | undefined) => Clock);
  readonly speed?: number;
  /** The same seed gives the same ids and choices; by default a new one. Secrets are never seeded. */
  readonly seed?: number;
  readonly account?: string;
  readonly region?: string;
  /** Of the account's root; by default those of before, or new ones. */
  readonly credentials?: Credentials;
  /** Other accounts, by number, with the credentials of their roots. */
  readonly accounts?: Readonly<Record<string, Credentials>>;
  /** How Lattice chooses among weighted target groups; seeded chance by default. */
  readonly latticeChoice?: LatticeSettings["choice"];
  /**
   * Where the root of the authority is kept that signs the certificates of HTTPS, for NODE_EXTRA_CA_CERTS and the like; its key
   * goes beside it. Made where it is not there; by default `authority.pem` in the data directory, without which each start has
   * a new authority.
   */
  readonly authorityFile?: string;
  /** What else can be set about Lattice. */
  readonly lattice?: Partial<LatticeSettings>;
  /** Done to the new Lattice before a reset is answered, for gateways and addresses of this machine that outlast it. */
  readonly afterReset?: (lattice: Lattice) => Promise<void>;
  /** Hears of faults of this program; by default they are printed to standard error. */
  readonly report?: (fault: unknown) => void;
}

/** What needs no signature of an account, in one region of it. */
export interface OtherAccount {
  /** Of its root. */
  readonly credentials: Credentials;
  readonly acm: Acm;
  readonly ec2: Ec2;
  readonly elb: Elb;
  readonly iam: Iam;
  readonly lambda: Lambda;
}

/** An AWS in this process, and the doors to it that need no signature. */
export interface LocalAws {
  /** `http://127.0.0.1:PORT`, for AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  readonly clock: Clock;
  /** The root of the authority that signs the certificates of HTTPS, as PEM. Rejects with AuthorityFileError. */
  certificateAuthority(): Promise<string>;
  /** Whether it goes on with what a process before it had left in the data directory. */
  readonly continues: boolean;
  /** Of the account's root. */
  readonly credentials: Credentials;
  readonly ec2: Ec2;
  readonly elb: Elb;
  readonly faults: Faults;
  readonly iam: Iam;
  readonly lambda: Lambda;
  readonly lattice: Lattice;
  /** Another account, opened where it is not there yet; `region` is the local AWS's own unless told otherwise. */
  inAccount(account: string, region?: string): OtherAccount;
  /** Calls an operation as root, and suffers no arranged fault; what it sets going does. Throws AwsError. */
  // biome-ignore lint/suspicious/noExplicitAny: the output is the SDK's, named by the operation; callers name its type.
  call(service: ServiceName, operation: string, input: unknown): Promise<any>;
  /** Calls an operation as somebody else, whose permissions are checked, and suffers no fault. Throws AwsError. */
  // biome-ignore lint/suspicious/noExplicitAny: the output is the SDK's, named by the operation; callers name its type.
  callAs(caller: Caller, service: ServiceName, operation: string, input: unknown): Promise<any>;
  /** Empties every service, and arranges no fault any more. The root's credentials and AWS time stay; gateways get new ports. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts all services behind one endpoint on 127.0.0.1. Rejects with the error of the server if the port is taken, and with a
 * DataDirectoryError if the data directory cannot be used.
 */
export async function startLocalAws(options: LocalAwsOptions = {}): Promise<LocalAws> {
  const { port = 0, account = "123456789012", region = "us-east-1", seed = randomInt(2 ** 31) } = options;
  const report = options.report ?? ((fault) => console.error(fault));
  const directory = options.data === undefined ? undefined : await takeDataDirectory(options.data);
  const clock = clockOf(options, directory?.leftAt);
  const faults = createFaults((fault) => neverStrikes(fault, world.offered));
  const known = catalogue();
  const authorityFile = options.data === undefined ? undefined : join(options.data, "authority.pem");
  const authority = localAuthority(options.authorityFile ?? authorityFile);
  // With the seed of the last start the same ids would be made again.
  const chance = seededChance(seed + (directory?.starts ?? 0));
  const begin = (credentials: ReadonlyMap<string, Credentials | undefined>): World =>
    createWorld({
      clock,
      chance,
      account,
      region,
      storage: directory?.open(clock.now) ?? memoryStorage(),
      credentials,
      authority,
      catalogue: known,
      faults,
      endpoint: () => endpoint.url,
      latticeSettings: latticeSettings(options),
      report,
    });
  const told = new Map([...Object.entries(options.accounts ?? {}), [account, options.credentials] as const]);
  let world: World = await orElse(
    () => begin(told),
    async () => await directory?.close(),
  );
  const { root } = world.iam;
  const reset = async () => {
    const before = world;
    directory?.empty();
    faults.clear();
    world = begin(new Map([...told, [account, root.credentials]]));
    await before.end();
    await options.afterReset?.(world.lattice);
  };
  const stop = async () => {
    // First: what is cut off now is to be taken up by the next process, not to fail.
    await directory?.close();
    await world.end();
    clock.close();
  };
  const wire = {
    catalogue: known,
    protocols: { ec2: ec2Protocol, s3: s3Protocol },
    dispatch: (...call: Parameters<Dispatch>) => world.suffer(...call),
    iam: {
      callerOf: (accessKeyId: string) => world.accounts.callerOf(accessKeyId),
      hasExpired: (accessKeyId: string) => world.accounts.hasExpired(accessKeyId),
    },
    clock,
    doors: new Map<string, Door>([
      ["/_local/explain", explainDoor(() => world.lattice)],
      ["/_local/faults", faultsDoor(faults)],
      [
        "/_local/gateways",
        gatewaysDoor(
          () => world.lattice,
          () => world.services.ec2,
        ),
      ],
      ["/_local/reset", resetDoor(reset)],
      ["/_local/targets", targetsDoor(() => world.lattice)],
    ]),
    requestId: randomUUID,
    report,
  };
  const endpoint: Endpoint = await orElse(() => startEndpoint(wire, port), stop);
  world.resume();
  // Whoever calls now finds it all under way again.
  await setImmediate();

  const callAs: LocalAws["callAs"] = (caller, service, operation, input) =>
    world.dispatch(caller, service, operation, input, randomUUID());
  return {
    endpoint: endpoint.url,
    account,
    region,
    clock,
    certificateAuthority: authority.root,
    continues: directory?.leftAt !== undefined,
    credentials: root.credentials,
    faults,
    get ec2() {
      return world.services.ec2;
    },
    get elb() {
      return world.services.elb;
    },
    get iam() {
      return world.iam;
    },
    get lambda() {
      return world.services.lambda;
    },
    get lattice() {
      return world.lattice;
    },
    inAccount(id, where = region) {
      const { iam, servicesIn } = world.accounts.open(id);
      const { acm, ec2, elb, lambda } = servicesIn(where);
      return { credentials: iam.root.credentials, acm, ec2, elb, iam, lambda };
    },
    call: (service, operation, input) => callAs(root.caller, service, operation, input),
    callAs,
    reset,
    async close() {
      await endpoint.close();
      await stop();
    },
  };
}

/** What `make` makes; `undo` is done where it fails. */
async function orElse<Made>(make: () => Made | Promise<Made>, undo: () => Promise<void>): Promise<Made> {
  try {
    return await make();
  } catch (failure) {
    await undo();
    throw failure;
  }
}

/** AWS time goes on where the state was left, and never falls behind the wall's where it keeps its pace. */
function clockOf({ clock, speed = 1 }: LocalAwsOptions, leftAt: number | undefined): Clock {
  if (typeof clock === "function") return clock(leftAt);
  return clock ?? runningClock({ speed, start: Math.max(Date.now(), leftAt ?? 0) });
}

function latticeSettings({ lattice = {}, latticeChoice }: LocalAwsOptions): Partial<LatticeSettings> {
  return latticeChoice === undefined ? lattice : { ...lattice, choice: latticeChoice };
}
