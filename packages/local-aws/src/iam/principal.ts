import type { Principal } from "@espalier/policy";
import type { Caller } from "../platform.ts";

/** The caller as policies name it. */
export function principalOf(caller: Caller): Principal {
  switch (caller.type) {
    case "root":
      return { type: "aws", arn: caller.arn, account: caller.account };
    case "role":
      return { type: "aws", arn: caller.arn, account: caller.account, roleArn: caller.roleArn };
    case "service":
      return { type: "service", service: caller.arn };
  }
}

/** The condition keys that say for which resource a service acts; none for other callers. */
export function sourceOf(caller: Caller): Record<string, string> {
  if (caller.type !== "service" || caller.sourceArn === undefined) return {};
  return { "aws:SourceArn": caller.sourceArn, "aws:SourceAccount": caller.account };
}
