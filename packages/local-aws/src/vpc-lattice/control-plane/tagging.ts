import type { Permission } from "../../platform.ts";
import type { Store } from "./store.ts";

type Tags = Readonly<Record<string, string>>;

/** The permissions that creating `arn` with `tags` needs besides the operation's own. */
export function tagPermissions(arn: string, operation: string, tags: Tags | undefined): Permission[] {
  if (tags === undefined || Object.keys(tags).length === 0) return [];
  const context = { "vpc-lattice:CreateAction": operation, ...requestTags(tags) };
  return [{ action: "vpc-lattice:TagResource", resource: arn, context }];
}

/** The condition keys that the tags of a request set. */
export function requestTags(tags: Tags | undefined): Record<string, string | string[]> {
  if (tags === undefined) return {};
  const each = Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value] as const);
  return { ...Object.fromEntries(each), "aws:TagKeys": Object.keys(tags) };
}

/** The tags of a resource, as condition keys of a call on it. */
export function resourceTags(store: Store, arn: string): Record<string, string> {
  const tags = store.taggings.get(arn)?.tags ?? {};
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
}

/** Writes the tags that a resource was created with. */
export function tagNew(store: Store, arn: string, tags: Tags | undefined): void {
  if (tags !== undefined && Object.keys(tags).length > 0) store.taggings.put({ id: arn, tags });
}
