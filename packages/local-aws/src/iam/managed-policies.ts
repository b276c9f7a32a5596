import type { PolicyDocument } from "@espalier/policy";
import { AwsError } from "../aws-error.ts";
import type { Platform } from "../platform.ts";

/** A policy of the account, which roles share. It has one version. */
export interface ManagedPolicy {
  readonly arn: string;
  readonly name: string;
  /** `ANPA` and more. */
  readonly id: string;
  readonly document: PolicyDocument;
  /** AWS time, milliseconds. */
  readonly createdAt: number;
}

/** The managed policies of an account, by ARN, and the roles, by name, that they are attached to. */
export interface ManagedPolicies {
  /** Throws EntityAlreadyExistsException. */
  create(policy: {
    readonly name: string;
    readonly path: string;
    readonly document: PolicyDocument;
  }): ManagedPolicy;
  list(): ManagedPolicy[];
  /** Throws NoSuchEntityException. */
  get(arn: string): ManagedPolicy;
  /** Throws DeleteConflictException while a role has it. */
  delete(arn: string): void;
  of(role: string): ManagedPolicy[];
  attach(role: string, arn: string): void;
  /** Throws NoSuchEntityException where the role does not have it. */
  detach(role: string, arn: string): void;
}

/** Of AWS's own managed policies (`arn:aws:iam::aws:policy/…`) none is known. */
export function managedPolicies({
  account,
  clock,
  storage,
  hexId,
}: Pick<Platform, "account" | "clock" | "storage" | "hexId">): ManagedPolicies {
  const policies = storage.map<ManagedPolicy>("iam.policies");
  const attached = storage.map<readonly string[]>("iam.attached");
  const attachedTo = (role: string) => attached.get(role) ?? [];

  const managed: ManagedPolicies = {
    create({ name, path, document }) {
      const arn = `arn:aws:iam::${account}:policy${path}${name}`;
      if (policies.has(arn))
        throw new AwsError("EntityAlreadyExistsException", `A policy called ${name} already exists.`, 409);
      const id = `ANPA${hexId(17).toUpperCase()}`;
      const policy = { arn, name, id, document, createdAt: clock.now() };
      policies.set(arn, policy);
      return policy;
    },
    list: () => [...policies.values()],
    get(arn) {
      const policy = policies.get(arn);
      if (policy !== undefined) return policy;
      throw new AwsError("NoSuchEntityException", `Policy ${arn} does not exist or is not attachable.`, 404);
    },
    delete(arn) {
      managed.get(arn);
      if ([...attached.values()].some((arns) => arns.includes(arn))) {
        const message = "Cannot delete a policy attached to entities.";
        throw new AwsError("DeleteConflictException", message, 409);
      }
      policies.delete(arn);
    },
    of: (role) => attachedTo(role).map(managed.get),
    attach: (role, arn) => void attached.set(role, [...new Set([...attachedTo(role), managed.get(arn).arn])]),
    detach(role, arn) {
      const kept = attachedTo(role).filter((other) => other !== arn);
      if (kept.length === attachedTo(role).length)
        throw new AwsError("NoSuchEntityException", `Policy ${arn} was not found.`, 404);
      if (kept.length === 0) attached.delete(role);
      else attached.set(role, kept);
    },
  };
  return managed;
}
