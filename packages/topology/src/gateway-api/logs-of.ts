import { destinationKind } from "../document/access-logs.ts";
import type { Attached } from "./attached.ts";
import type { AccessLogPolicySpec } from "./policies.ts";

/** Where the access logs of some targets, which are one thing in Lattice, go: one destination of each kind. */
export function logsOf(policies: Attached<AccessLogPolicySpec>, targets: readonly string[]): string[] {
  const taken = new Map<string, string>();
  for (const { spec, tell } of targets.flatMap((target) => policies.of(target))) {
    const kind = destinationKind(spec.destinationArn);
    const field = "spec.destinationArn";
    if (kind === undefined)
      tell.skipped(field, "it is no log group, bucket or delivery stream", "no access log is kept there");
    else if (taken.has(kind))
      tell.skipped(
        field,
        `logs go to ${taken.get(kind)} already, and Lattice keeps one of a kind`,
        "left out",
      );
    else taken.set(kind, spec.destinationArn);
  }
  return [...taken.values()];
}
