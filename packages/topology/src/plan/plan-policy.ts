import type { AuthPolicy } from "../document/auth-policy.ts";
import { grantedPolicy } from "../granted-policy.ts";
import { type Reference, referencesIn, resolveReferences, roleBeside } from "../references.ts";
import { blocked, type Change, ready, unchanged } from "./change.ts";
import { otherNetwork } from "./other-networks.ts";
import { networkNamed, type Sight, serviceNamed } from "./sight.ts";

/**
 * The auth policy of a network or a service: none or one change. It waits for what it refers to. `live` is undefined
 * until it exists and is ours.
 */
export function planPolicy(
  sight: Sight,
  holder: Reference,
  wanted: AuthPolicy | undefined,
  live: { readonly id: string; readonly arn: string; readonly policy: string } | undefined,
  locks: readonly string[] = [],
): Change[] {
  const owner = `${holder.kind}s.${holder.name}`;
  const address = `${owner}.policy`;
  const label = `the ${holder.kind} ${holder.name}`;
  if (wanted === undefined) {
    if (!live?.policy) return [];
    const step = { address, verb: "delete" as const, sentence: `delete the auth policy of ${label}`, locks };
    return [ready(step, { operation: "DeleteAuthPolicy", input: { resourceIdentifier: live.id } })];
  }
  const text = JSON.stringify(grantedPolicy(wanted, holder));
  const arnOf = ({ kind, name }: Reference): string | undefined => {
    if (kind === "role") return roleBeside(live?.arn ?? "", name);
    return (
      kind === "service"
        ? serviceNamed(sight, name)
        : (otherNetwork(sight, name) ?? networkNamed(sight, name))
    )?.arn;
  };
  const missing = referencesIn(text)
    .filter((reference) => arnOf(reference) === undefined)
    .map(({ kind, name }) => `${kind}s.${name}`);
  const step = live?.policy
    ? { address, verb: "update" as const, sentence: `change the auth policy of ${label}`, locks }
    : { address, verb: "create" as const, sentence: `attach the auth policy of ${label}`, locks };
  const after = [...new Set([...(live ? [] : [owner]), ...missing])];
  if (!live || after.length > 0) return [blocked(step, after)];
  const policy = resolveReferences(text, (reference) => arnOf(reference) ?? "");
  if (samePolicy(policy, live.policy))
    return [unchanged(address, `the auth policy of ${label} is as written`)];
  // One line: Lattice refuses a policy with line breaks.
  return [ready(step, { operation: "PutAuthPolicy", input: { resourceIdentifier: live.id, policy } })];
}

/** Whether two policies, as JSON text, are the same JSON. */
export const samePolicy = (one: string, other: string): boolean =>
  other !== "" && canonical(one) === canonical(other);

/** The same text for the same JSON, whatever the order of its keys. */
function canonical(json: string): string {
  return JSON.stringify(JSON.parse(json), (_, value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
