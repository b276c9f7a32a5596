import type { PolicyDocument } from "@espalier/policy";
import type { Tags } from "./tags.ts";

/** A role: who may assume it, and what it may do by its inline policies' names. */
export interface Role {
  readonly arn: string;
  readonly name: string;
  /** `AROA` and more, stable for the life of the role. */
  readonly id: string;
  readonly trust: PolicyDocument;
  readonly policies: Readonly<Record<string, PolicyDocument>>;
  /** Absent: none. */
  readonly tags?: Tags;
  /** AWS time, milliseconds. */
  readonly createdAt: number;
}

/** The name at the end of `arn:aws:iam::ACCOUNT:role/PATH/NAME`. */
export function roleNameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

/** `/` or `/service/` of `arn:aws:iam::ACCOUNT:role/service/NAME`. */
export function pathOf({ arn }: Pick<Role, "arn">): string {
  return arn.slice(arn.indexOf(":role/") + ":role".length, arn.lastIndexOf("/") + 1);
}
