import type { CreateResourceShareRequest } from "@aws-sdk/client-ram";
import type { Call, Permission } from "../platform.ts";
import { resourceTypeOf } from "./parties.ts";
import type { Shares } from "./shares.ts";

/** The permission to do something to one of the caller's shares, its tags among the condition keys. */
export function onShare(shares: Shares, { account }: Call, action: string, arn = "*"): Permission {
  const share = shares.of(account, "SELF").find((each) => each.arn === arn);
  const tags = (share?.tags ?? []).map(({ key, value = "" }) => [`aws:ResourceTag/${key}`, value]);
  return { action, resource: arn, context: Object.fromEntries(tags) };
}

/** What kinds of things a share is asked for, as a condition key of RAM's. */
export function requestedTypes({ resourceArns = [] }: CreateResourceShareRequest) {
  const types = [...new Set(resourceArns.map(resourceTypeOf))];
  return types.length === 0 ? {} : { "ram:RequestedResourceType": types };
}
