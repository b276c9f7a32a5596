import { IAMClient } from "@aws-sdk/client-iam";
import { anonymous, type Caller } from "@espalier/policy";
import { ExitCode, UserError } from "../../fail.ts";
import { readRole } from "./read-role.ts";

/** Whether the callers' own policies are read, and in which account roles are looked up that are named without one. */
export interface Identities {
  readonly identity: boolean;
  readonly account: string | undefined;
}

/**
 * Who is meant by `anonymous`, a role's name or ARN, a session's ARN, an account's number or another principal's ARN. Only the
 * policies of this account's roles can be read; of others it is said that they are unknown. Throws UserError.
 */
export async function readCaller(text: string, { identity, account }: Identities): Promise<Caller> {
  if (text === "anonymous") return anonymous;
  if (/^\d{12}$/.test(text)) return accountCaller(text);
  const role = roleIn(text);
  if (role === undefined) {
    if (text.startsWith("arn:")) return stranger(text, "only the policies of roles are read");
    throw new UserError(`the caller is "${text}"; it is anonymous, a role's name, an ARN or an account`, {
      exitCode: ExitCode.usage,
    });
  }
  if (!identity) {
    const arn = role.arn ?? `arn:aws:iam::${role.account ?? account ?? ""}:role/${role.path}${role.name}`;
    return stranger(arn, "its own policies were not to be read");
  }
  const read = await readRole(new IAMClient({}), role.name);
  if (read !== undefined && isMeant(read, role)) return read;
  if (!text.startsWith("arn:")) throw new UserError(`there is no role "${text}" in this account`);
  const arn = role.arn ?? `arn:aws:iam::${role.account}:role/${role.name}`;
  return stranger(arn, "this account has no such role, so its policies cannot be read");
}

/** The account that a caller is of; undefined for unsigned ones. */
export const accountOf = ({ principal }: Caller): string | undefined =>
  principal.type === "aws" && principal.account !== "" ? principal.account : undefined;

/** Somebody whose own policies are not known. */
export function stranger(arn: string, why: string): Caller {
  const account = arn.split(":")[4] ?? "";
  const isRole = arn.includes(":role/");
  return {
    name: isRole ? `role ${arn.slice(arn.lastIndexOf("/") + 1)}${account && ` of account ${account}`}` : arn,
    principal: { type: "aws", arn, account, ...(isRole ? { roleArn: arn } : {}) },
    identity: { type: "unknown", why },
    context: {},
  };
}

/** Whoever an account lets act for it. */
export function accountCaller(account: string): Caller {
  return {
    name: `account ${account}`,
    principal: { type: "aws", arn: `arn:aws:iam::${account}:root`, account },
    identity: { type: "unknown", why: `whom account ${account} lets call is for its own policies to say` },
    context: {},
  };
}

/** A role as it was named, which may leave out its path and account. */
interface RoleNamed {
  readonly name: string;
  /** `service/`, or nothing. */
  readonly path: string;
  readonly arn?: string;
  readonly account?: string;
}

function roleIn(text: string): RoleNamed | undefined {
  const [, account, full = ""] = /^arn:[^:]+:iam::(\d{12}):role\/(.+)$/.exec(text) ?? [];
  if (account !== undefined) return { ...pathAndName(full), arn: text, account };
  const [, of, name] = /^arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)\/.+$/.exec(text) ?? [];
  if (of !== undefined && name !== undefined) return { name, path: "", account: of };
  return /^([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/.test(text) ? pathAndName(text) : undefined;
}

function pathAndName(full: string): { path: string; name: string } {
  const at = full.lastIndexOf("/") + 1;
  return { path: full.slice(0, at), name: full.slice(at) };
}

function isMeant({ principal }: Caller, { name, path, arn, account }: RoleNamed): boolean {
  if (principal.type !== "aws") return false;
  return (
    (arn === undefined || arn === principal.arn) &&
    (account === undefined || account === principal.account) &&
    (path === "" || principal.arn.endsWith(`:role/${path}${name}`))
  );
}
