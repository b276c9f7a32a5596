import { randomBytes } from "node:crypto";
import type { Caller } from "../platform.ts";

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
  issueRoot(caller: Caller): Credentials;
  /** `expiresAt` is wall time in milliseconds; without it the credentials last as long as the process. */
  issueSession(caller: Caller, expiresAt?: number): SessionCredentials;
  find(
    accessKeyId: string,
  ): (Credentials & { readonly caller: Caller; readonly expiresAt?: number }) | undefined;
}

/** For so long, in milliseconds, an expired key is told from one that never was. */
const day = 86_400_000;

export function accessKeys(): AccessKeys {
  const keys = new Map<string, Credentials & { readonly caller: Caller; readonly expiresAt?: number }>();
  return {
    issueRoot(caller) {
      const credentials = { accessKeyId: newId("AKIA"), secretAccessKey: newSecret() };
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
