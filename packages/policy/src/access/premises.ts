import type { PolicyDocument } from "../document.ts";

/** Networks and services as far as they decide who may call what. Whose policies cannot be seen says so, and why. */
export interface Premises {
  readonly networks: readonly GuardedNetwork[];
  readonly services: readonly GuardedService[];
}

export interface GuardedNetwork {
  readonly name: string;
  readonly arn: string;
  readonly guard: Guard;
  /** VPCs whose callers enter it, not all of them where the guard is unknown; `account` is who associated them, if that is known. */
  readonly vpcs: readonly { readonly id: string; readonly account?: string }[];
  /** ARNs of the services that are called through it. */
  readonly services: readonly string[];
}

export interface GuardedService {
  readonly name: string;
  readonly arn: string;
  readonly guard: Guard;
  /** Names that it is called by, in lower case: Lattice's and its own. */
  readonly hosts: readonly string[];
  /** Undefined where its owner does not show them: it is taken to listen. */
  readonly listeners: readonly { readonly protocol: string; readonly port: number }[] | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * `open`: its auth type is NONE. `policy`: AWS_IAM; without a document it denies everything.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
 */
export type Guard =
  | { readonly type: "open" }
  | { readonly type: "policy"; readonly document: PolicyDocument | undefined }
  | { readonly type: "unknown"; readonly why: string };
