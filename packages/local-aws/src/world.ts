import { randomUUID } from "node:crypto";
import { type Accounts, createAccounts } from "./accounts.ts";
import type { Authority } from "./acm/authority.ts";
import { AwsError } from "./aws-error.ts";
import type { Chance } from "./chance.ts";
import { boundedClock } from "./clock/bounded-clock.ts";
import type { Clock } from "./clock/clock.ts";
import { createServices, type Services } from "./create-services.ts";
import { faultyCalls } from "./faults/call-faults.ts";
import type { FaultBook } from "./faults/faults.ts";
import { faultyMetrics } from "./faults/metric-faults.ts";
import type { Credentials } from "./iam/access-keys.ts";
import { authoriser } from "./iam/authorise.ts";
import { createIam, type Iam } from "./iam/iam.ts";
import type { Platform, Service } from "./platform.ts";
import { createRam } from "./ram/ram.ts";
import { partOf } from "./storage/part-of-storage.ts";
import type { Storage } from "./storage/storage.ts";
import { placeOf } from "./vpc-lattice/control-plane/ownership.ts";
import { createLattice, type Lattice } from "./vpc-lattice/lattice.ts";
import type { LatticeSettings } from "./vpc-lattice/settings.ts";
import type { Catalogue } from "./wire/catalogue.ts";
import { type Dispatch, dispatcher } from "./wire/dispatcher.ts";

/** All services of all accounts, from one reset to the next. */
export interface World {
  readonly accounts: Accounts<Services>;
  /** Of the account that the local AWS is in, in its region. */
  readonly iam: Iam;
  readonly services: Services;
  readonly lattice: Lattice;
  /** Every kind of service once. */
  readonly offered: readonly Service[];
  /** Makes a call that suffers no arranged fault. */
  readonly dispatch: Dispatch;
  /** Makes a call that suffers them. */
  readonly suffer: Dispatch;
  /** Takes up what was under way when the state in its storage was left. */
  resume(): void;
  /** Stops everything that is under way; what still comes out of it reaches nobody. */
  end(): Promise<void>;
}

export interface WorldParts {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly account: string;
  readonly region: string;
  readonly storage: Storage;
  /** The roots', by account, where they are told or known from before. */
  readonly credentials: ReadonlyMap<string, Credentials | undefined>;
  readonly authority: Authority;
  readonly catalogue: Catalogue;
  readonly faults: FaultBook;
  readonly endpoint: () => string;
  readonly latticeSettings: Partial<LatticeSettings>;
  readonly report: (fault: unknown) => void;
}

export function createWorld(parts: WorldParts): World {
  const { account: home, region: homeRegion, storage, faults, catalogue } = parts;
  const clock = boundedClock(parts.clock);
  let over = false;

  const platformIn = (account: string, region: string): Platform => ({
    clock,
    account,
    region,
    ...parts.chance,
    // The names of the first account and region stay as they were before there were others.
    storage: account === home && region === homeRegion ? storage : partOf(storage, `${account}.${region}.`),
    call(caller, service, operation, input, where = region) {
      return over ? Promise.reject(gone()) : suffer(caller, service, operation, input, randomUUID(), where);
    },
    assume: (roleArn, sessionName, service) =>
      iamOf(roleArn).assume(roleArn, sessionName, { type: "service", account, arn: service }),
    emit(event) {
      if (!over) servicesIn(account, region).events.emit(event);
    },
    observe: faultyMetrics((seen) => servicesIn(account, region).monitoring.observe(seen), faults),
    log: (line) => servicesIn(account, region).logs.write(line),
  });
  const accounts: Accounts<Services> = createAccounts(storage, {
    iam: (account, credentials) =>
      createIam(
        {
          ...{ account, clock, hexId: parts.chance.hexId },
          storage: account === home ? storage : partOf(storage, `${account}.`),
        },
        credentials,
      ),
    services: (account, region) =>
      createServices(platformIn(account, region), {
        ...parts,
        lattice,
        iam: accounts.open(account).iam,
        iamOf,
      }),
  });
  // Nobody opens an account by naming it: what is not there, the first one does not know either.
  const iamOf = (roleArn: string) => accounts.iamOf(placeOf(roleArn).account) ?? iam;
  const servicesIn = (account: string, region: string) => accounts.open(account).servicesIn(region);

  const shared = platformIn(home, homeRegion);
  const ram = createRam(shared);
  const lattice = createLattice(
    shared,
    {
      identity(accessKeyId) {
        const known = accounts.callerOf(accessKeyId);
        if (known === undefined) return undefined;
        const { caller } = known;
        return {
          ...known,
          policies: accounts.identityPolicies(caller),
          tags: accounts.principalTags(caller),
        };
      },
      certificates: {
        async byArn(arn) {
          const { account, region } = placeOf(arn);
          return accounts.iamOf(account) && (await servicesIn(account, region).acm.byArn(arn));
        },
        forName: (name) => servicesIn(home, homeRegion).acm.forName(name),
      },
      isShared: ram.isShared,
      platformOf: ({ account, region }) => platformIn(account, region),
      report: parts.report,
    },
    parts.latticeSettings,
  );
  const forAll: readonly Service[] = [ram, lattice];
  for (const [account, credentials] of parts.credentials) accounts.open(account, credentials);
  const iam = accounts.open(home, parts.credentials.get(home)).iam;
  const services = servicesIn(home, homeRegion);

  const dispatch = dispatcher({
    serviceNamed: (name, account, region) =>
      forAll.find((service) => service.name === name) ?? servicesIn(account, region).named(name),
    catalogue,
    authorise: authoriser({ ...accounts, now: clock.now }),
    clock,
    region: homeRegion,
  });
  const suffer = faultyCalls(dispatch, faults);
  return {
    accounts,
    iam,
    services,
    lattice,
    offered: [...services.all, ...forAll],
    dispatch,
    suffer,
    resume() {
      for (const { all } of accounts.everyService()) for (const service of all) service.resume?.();
      for (const service of forAll) service.resume?.();
    },
    async end() {
      over = true;
      clock.close();
      await lattice.close();
      for (const each of accounts.everyService()) await each.close();
    },
  };
}

const gone = () => new AwsError("ServiceUnavailableException", "this local AWS was reset or stopped", 503);
