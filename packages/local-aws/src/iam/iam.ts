import { type AccessRequest, evaluate, type NamedPolicy, type PolicyDocument } from "@espalier/policy";
import { AwsError } from "../aws-error.ts";
import type { Caller, Platform, Service } from "../platform.ts";
import { accessKeys, type Credentials, type SessionCredentials } from "./access-keys.ts";
import { getAccountAuthorizationDetails } from "./account-details.ts";
import { managedPolicies } from "./managed-policies.ts";
import { policyOperations } from "./policy-operations.ts";
import { principalOf, sourceOf } from "./principal.ts";
import { type Role, roleNameOf } from "./role.ts";
import { roleOperations } from "./role-operations.ts";
import { tagOperations } from "./tag-operations.ts";
import { type Tags, tagKeys, withTags } from "./tags.ts";

/** Roles, their policies and the access keys of everyone who calls. */
export interface Iam extends Service {
  /** Creates the role or replaces its trust and policies, and its tags where they are given. `arn` defaults to one without a path. */
  putRole(role: {
    readonly arn?: string;
    readonly name: string;
    readonly trust: PolicyDocument;
    readonly policies: Readonly<Record<string, PolicyDocument>>;
    readonly tags?: Tags;
  }): Role;
  deleteRole(name: string): void;
  role(name: string): Role | undefined;
  /** Who holds an access key. undefined for an unknown or expired one. */
  callerOf(accessKeyId: string): (Credentials & { readonly caller: Caller }) | undefined;
  /** Whether this is an access key of the account, or was one lately. */
  knows(accessKeyId: string): boolean;
  /** Whether this was an access key once. */
  hasExpired(accessKeyId: string): boolean;
  /** Credentials of a session, the same ones each time; for functions, which outlive any expiry. */
  credentialsOf(caller: Caller): SessionCredentials;
  /** Credentials of a session that end `seconds` of wall time from now. */
  temporaryCredentialsOf(caller: Caller, seconds: number): SessionCredentials;
  identityPolicies(caller: Caller): readonly NamedPolicy[];
  /** The tags of the caller's session and, where it has no others of their keys, of its role. */
  principalTags(caller: Caller): Tags;
  /** The session that `principal` gets by assuming the role. Throws AccessDenied where the role does not trust it. */
  assume(roleArn: string, sessionName: string, principal: Caller, tagged?: SessionTags): Caller;
  readonly root: { readonly caller: Caller; readonly credentials: Credentials };
}

/** The tags that a session is asked for with, and the condition keys of that request. */
export interface SessionTags {
  readonly tags: Tags;
  readonly context: AccessRequest["context"];
}

/** The root has `credentials`, or those that are kept, or new ones. */
export function createIam(
  platform: Pick<Platform, "account" | "clock" | "storage" | "hexId">,
  credentials?: Credentials,
): Iam {
  const { account, clock, storage } = platform;
  const roles = storage.map<Role>("iam.roles");
  const byName = { account, get: (name: string) => roles.get(name) };
  const managed = managedPolicies(platform);
  const keys = accessKeys(storage);
  const lasting = storage.map<SessionCredentials>("iam.lasting-sessions");
  const rootCaller: Caller = { type: "root", account, arn: `arn:aws:iam::${account}:root` };

  const iam: Iam = {
    name: "iam",
    operations: {
      ...roleOperations({
        ...byName,
        put: (role) => iam.putRole(role),
        hasAttached: (name) => managed.of(name).length > 0,
        delete: (name) => iam.deleteRole(name),
      }),
      ...tagOperations({ ...byName, put: (role) => iam.putRole(role) }),
      ...policyOperations(managed, byName),
      GetAccountAuthorizationDetails: getAccountAuthorizationDetails(() => [...roles.values()], managed),
    },
    root: { caller: rootCaller, credentials: keys.root(rootCaller, credentials) },
    role: (name) => roles.get(name),
    deleteRole(name) {
      for (const { arn } of managed.of(name)) managed.detach(name, arn);
      roles.delete(name);
    },
    putRole({ arn, name, trust, policies, tags = roles.get(name)?.tags ?? {} }) {
      const known = roles.get(name);
      const role: Role = {
        arn: arn ?? `arn:aws:iam::${account}:role/${name}`,
        name,
        id: known?.id ?? `AROA${platform.hexId(17).toUpperCase()}`,
        trust,
        policies,
        tags,
        createdAt: known?.createdAt ?? clock.now(),
      };
      roles.set(name, role);
      return role;
    },
    knows: (accessKeyId) => keys.find(accessKeyId) !== undefined,
    callerOf: (accessKeyId) => (iam.hasExpired(accessKeyId) ? undefined : keys.find(accessKeyId)),
    hasExpired: (accessKeyId) =>
      (keys.find(accessKeyId)?.expiresAt ?? Number.POSITIVE_INFINITY) <= Date.now(),
    credentialsOf(caller) {
      const known = lasting.get(caller.arn) ?? keys.issueSession(caller);
      lasting.set(caller.arn, known);
      return known;
    },
    temporaryCredentialsOf: (caller, seconds) => keys.issueSession(caller, Date.now() + seconds * 1000),
    identityPolicies(caller) {
      if (caller.type !== "role") return [];
      const name = roleNameOf(caller.roleArn);
      const inline = Object.entries(roles.get(name)?.policies ?? {});
      return [...inline.map(([name, document]) => ({ name, document })), ...managed.of(name)];
    },
    principalTags(caller) {
      if (caller.type !== "role") return {};
      return withTags(roles.get(roleNameOf(caller.roleArn))?.tags ?? {}, caller.sessionTags ?? {});
    },
    assume(roleArn, sessionName, principal, { tags, context } = { tags: {}, context: {} }) {
      const role = roles.get(roleNameOf(roleArn));
      const tagged = Object.keys(tags).length > 0;
      for (const action of tagged ? ["sts:AssumeRole", "sts:TagSession"] : ["sts:AssumeRole"]) {
        if (role?.arn === roleArn && trusts(role, principal, action, context)) continue;
        const message = `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${roleArn}`;
        throw new AwsError("AccessDenied", message, 403);
      }
      return {
        type: "role",
        account,
        arn: `arn:aws:sts::${account}:assumed-role/${roleNameOf(roleArn)}/${sessionName}`,
        roleArn,
        sessionName,
        ...(tagged && { sessionTags: tags }),
      };
    },
  };
  return iam;
}

function trusts(role: Role, principal: Caller, action: string, context: AccessRequest["context"]): boolean {
  const request = {
    principal: principalOf(principal),
    action,
    resource: role.arn,
    context: { ...tagKeys("ResourceTag", role.tags), ...sourceOf(principal), ...context },
  };
  return evaluate([{ name: role.name, document: role.trust }], request).effect === "allow";
}
