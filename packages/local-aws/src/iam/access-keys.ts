import { randomBytes } from "node:crypto";
import type { Caller } from "../platform.ts";
import type { Storage } from "../storage/storage.ts";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Temporary credentials, as a session of a role has them. */
export interface SessionCredentials extends Credentials {
  readonly sessionToken: string;
}

/** The access keys that a signature may be made with. Secrets are never seeded: they must not be guessed. */
export interface AccessKeys {
  /** The root's own: `known`, or those that are kept, or new ones. */
  root(caller: Caller, known: Credentials | undefined): Credentials;
  /** `expiresAt` is wall time in milliseconds; without it the credentials last as long as the state. */
  issueSession(caller: Caller, expiresAt?: number): SessionCredentials;
  find(
    accessKeyId: string,
  ): (Credentials & { readonly caller: Caller; readonly expiresAt?: number }) | undefined;
}

/** For so long, in milliseconds, an expired key is told from one that never was. */
const day = 86_400_000;

export function accessKeys(storage: Storage): AccessKeys {
  const keys = storage.map<Credentials & { readonly caller: Caller; readonly expiresAt?: number }>(
    "iam.keys",
  );
  const roots = storage.map<Credentials>("iam.root");
  return {
    root(caller, known) {
      const before = roots.get(caller.arn);
      if (known !== undefined && before !== undefined) keys.delete(before.accessKeyId);
      const credentials = known ?? before ?? { accessKeyId: newId("AKIA"), secretAccessKey: newSecret() };
      roots.set(caller.arn, credentials);
      keys.set(credentials.accessKeyId, { ...credentials, caller });
      return credentials;
    },
    issueSession(caller, expiresAt) {
      for (const [id, key] of keys)
        if ((key.expiresAt ?? Number.POSITIVE_INFINITY) <= Date.now() - day) keys.delete(id);
      const credentials = {
        accessKeyId: newId("ASIA"),
        secretAccessKey: newSecret(),
        sessionToken: randomBytes(96).toString("base64"),
      };
      const expiry = expiresAt === undefined ? {} : { expiresAt };
      keys.set(credentials.accessKeyId, { ...credentials, ...expiry, caller });
      return credentials;
    },
    find: (accessKeyId) => keys.get(accessKeyId),
  };
}

function newId(prefix: string): string {
  return prefix + randomBytes(8).toString("hex").toUpperCase();
}

function newSecret(): string {
  return randomBytes(30).toString("base64");
}
