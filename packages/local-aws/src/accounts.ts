import type { Credentials } from "./iam/access-keys.ts";
import type { Iam } from "./iam/iam.ts";
import type { Caller } from "./platform.ts";
import type { Storage } from "./storage/storage.ts";

/** One account: its identities, and what serves it in each region. */
interface Account<Services> {
  readonly iam: Iam;
  /** Made when it is first asked for. */
  servicesIn(region: string): Services;
}

/** The accounts of a local AWS, those of the last process included. Credentials belong to one of them. */
export interface Accounts<Services> {
  /** Opened where it is not there yet; `credentials` become its root's. */
  open(id: string, credentials?: Credentials): Account<Services>;
  /** The identities of an account that is open. */
  iamOf(id: string): Iam | undefined;
  callerOf(accessKeyId: string): ReturnType<Iam["callerOf"]>;
  hasExpired(accessKeyId: string): boolean;
  identityPolicies(caller: Caller): ReturnType<Iam["identityPolicies"]>;
  principalTags(caller: Caller): ReturnType<Iam["principalTags"]>;
  /** What serves accounts, all regions included. */
  everyService(): Iterable<Services>;
}

/** How an account and what serves it in a region are made. */
export interface AccountMakers<Services> {
  iam(account: string, credentials: Credentials | undefined): Iam;
  services(account: string, region: string): Services;
}

/** The accounts that `storage` knows, each with the regions in which it had called anything. */
export function createAccounts<Services>(
  storage: Storage,
  make: AccountMakers<Services>,
): Accounts<Services> {
  const opened = new Map<string, Iam>();
  const serving = new Map<string, Services>();
  const places = storage.map<{ readonly account: string; readonly region: string }>("accounts.places");

  const servicesIn = (account: string, region: string) => {
    const key = `${account} ${region}`;
    const known = serving.get(key);
    if (known !== undefined) return known;
    const made = make.services(account, region);
    serving.set(key, made);
    places.set(key, { account, region });
    return made;
  };
  const open: Accounts<Services>["open"] = (id, credentials) => {
    const iam = opened.get(id) ?? make.iam(id, credentials);
    opened.set(id, iam);
    return { iam, servicesIn: (region) => servicesIn(id, region) };
  };
  const holderOf = (accessKeyId: string) => opened.values().find((iam) => iam.knows(accessKeyId));

  const kept = [...places.values()];
  return {
    open,
    iamOf: (id) => opened.get(id),
    callerOf: (accessKeyId) => holderOf(accessKeyId)?.callerOf(accessKeyId),
    hasExpired: (accessKeyId) => holderOf(accessKeyId)?.hasExpired(accessKeyId) ?? false,
    identityPolicies: (caller) => opened.get(caller.account)?.identityPolicies(caller) ?? [],
    principalTags: (caller) => opened.get(caller.account)?.principalTags(caller) ?? {},
    *everyService() {
      for (const { account, region } of kept.splice(0)) open(account).servicesIn(region);
      yield* [...serving.values()];
    },
  };
}
