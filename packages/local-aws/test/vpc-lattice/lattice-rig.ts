import { randomUUID } from "node:crypto";
import { seededChance } from "../../src/chance.ts";
import { type ManualClock, manualClock } from "../../src/clock/manual-clock.ts";
import { createEc2, type Ec2 } from "../../src/ec2/ec2.ts";
import { createElb, type Elb } from "../../src/elb/elb.ts";
import { authoriser } from "../../src/iam/authorise.ts";
import { createIam, type Iam } from "../../src/iam/iam.ts";
import type { Caller, Observation, Operation, Platform, Service } from "../../src/platform.ts";
import { memoryStorage } from "../../src/storage/memory-storage.ts";
import { createLattice, type Lattice } from "../../src/vpc-lattice/lattice.ts";
import type { LatticeSettings } from "../../src/vpc-lattice/settings.ts";
import { catalogue } from "../../src/wire/catalogue.ts";
import { dispatcher } from "../../src/wire/dispatcher.ts";

/** A Lattice with the real identities and permission checks around it, on a clock that stands still. */
export interface LatticeRig {
  readonly lattice: Lattice;
  readonly iam: Iam;
  readonly ec2: Ec2;
  readonly elb: Elb;
  readonly clock: ManualClock;
  readonly observed: readonly Observation[];
  /** Faults of Lattice itself. */
  readonly faults: readonly unknown[];
  /** Calls an operation of Lattice, as root unless told otherwise. */
  // biome-ignore lint/suspicious/noExplicitAny: each operation has its own output.
  call(operation: string, input: object, caller?: Caller): Promise<any>;
  /** A session of a role with these statements as its only policy. */
  role(name: string, ...statements: readonly object[]): Caller;
  close(): Promise<void>;
}

/** Operations of a function's stand-in, by name. */
export type StandIn = Readonly<Record<string, (input: never, caller: Caller) => unknown>>;

export function latticeRig(
  settings: Partial<LatticeSettings> = {},
  { lambda = {}, seed = 1 }: { lambda?: StandIn; seed?: number } = {},
): LatticeRig {
  const account = "123456789012";
  const region = "us-east-1";
  const clock = manualClock();
  const observed: Observation[] = [];
  const faults: unknown[] = [];
  const services = new Map<string, Service>();
  const platform: Platform = {
    clock,
    account,
    region,
    storage: memoryStorage(),
    ...seededChance(seed),
    call: (caller, service, operation, input) => dispatch(caller, service, operation, input, randomUUID()),
    assume: (roleArn, sessionName, service) =>
      iam.assume(roleArn, sessionName, { type: "service", account, arn: service }),
    emit: () => {},
    observe: (observation) => void observed.push(observation),
    log: () => {},
  };
  const iam = createIam(platform);
  const lattice = createLattice(
    platform,
    {
      certificates: { byArn: async () => undefined, forName: () => Promise.reject(new Error("none")) },
      identity: (accessKeyId) => {
        const known = iam.callerOf(accessKeyId);
        if (known === undefined) return undefined;
        const { caller } = known;
        return { ...known, policies: iam.identityPolicies(caller), tags: iam.principalTags(caller) };
      },
      report: (fault) => void faults.push(fault),
    },
    { transitionMs: 0, ...settings },
  );
  const ec2 = createEc2(platform);
  const elb = createElb(platform, ec2);
  for (const id of ["0", "1", "2"]) {
    ec2.putVpc({ vpcId: `vpc-0123456789abcdef${id}`, cidrBlock: "10.0.0.0/16" });
  }
  for (const service of [lattice, ec2, elb, standIn("lambda", lambda)]) services.set(service.name, service);
  const dispatch = dispatcher({
    serviceNamed: (name) => services.get(name),
    catalogue: catalogue(),
    authorise: authoriser({ ...iam, now: clock.now }),
    clock,
    region,
  });
  return {
    lattice,
    iam,
    ec2,
    elb,
    clock,
    observed,
    faults,
    call: (operation, input, caller = iam.root.caller) =>
      platform.call(caller, "vpc-lattice", operation, input),
    role(name, ...statements) {
      const trust = statement({ Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" });
      const { arn } = iam.putRole({ name, trust, policies: { inline: statement(...statements) } });
      return iam.assume(arn, "session", { type: "service", account, arn: "lambda.amazonaws.com" });
    },
    async close() {
      await lattice.close();
      clock.close();
    },
  };
}

/** A policy document of these statements, each an Allow of everything unless it says otherwise. */
export function statement(...statements: readonly object[]) {
  const Statement = statements.map((each) => ({ Effect: "Allow", ...each }));
  return { Version: "2012-10-17", Statement } as never;
}

function standIn(name: "lambda", operations: StandIn): Service {
  const offered = Object.entries(operations).map(([operation, run]): [string, Operation<never>] => [
    operation,
    {
      permissions: (input: { FunctionName?: string }) => [
        { action: `lambda:${operation}`, resource: input.FunctionName ?? "*" },
      ],
      resourcePolicy: () =>
        statement({ Principal: { Service: "vpc-lattice.amazonaws.com" }, Action: "*", Resource: "*" }),
      run: (input, call) => run(input, call.caller),
    },
  ]);
  return { name, operations: Object.fromEntries(offered) };
}
