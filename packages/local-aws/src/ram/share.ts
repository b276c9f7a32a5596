/** A resource share as it is kept; times are AWS time in milliseconds. */
export interface Share {
  readonly arn: string;
  readonly name: string;
  /** The account that shares. */
  readonly owner: string;
  /** ARNs of Lattice's services and service networks. */
  readonly resources: readonly string[];
  /** Accounts it is shared with, once they accept. */
  readonly principals: readonly string[];
  readonly allowExternalPrincipals: boolean;
  readonly tags: readonly { readonly key?: string | undefined; readonly value?: string | undefined }[];
  /** The clientToken it was asked for with: the same again asks for nothing more. */
  readonly token: string | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What an account is asked that something is to be shared with. */
export interface Invitation {
  readonly arn: string;
  readonly shareArn: string;
  readonly receiver: string;
  readonly accepted: boolean;
  readonly at: number;
}
