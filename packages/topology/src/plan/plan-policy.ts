import type { PolicyDocument } from "@espalier/policy";
import { type Reference, referencesIn, resolveReferences } from "../references.ts";
import { blocked, type Change, ready, unchanged } from "./change.ts";
import { otherNetwork } from "./other-networks.ts";
import { networkNamed, type Sight, serviceNamed } from "./sight.ts";

/**
 * The auth policy of a network or a service: none or one change. It waits for what it refers to. `holder` is undefined
 * until it exists and is ours.
 */
export function planPolicy(
  sight: Sight,
  owner: string,
  label: string,
  wanted: PolicyDocument | undefined,
  holder: { readonly id: string; readonly policy: string } | undefined,
  locks: readonly string[] = [],
): Change[] {
  const address = `${owner}.policy`;
  if (wanted === undefined) {
    if (!holder?.policy) return [];
    const step = { address, verb: "delete" as const, sentence: `delete the auth policy of ${label}`, locks };
    return [ready(step, { operation: "DeleteAuthPolicy", input: { resourceIdentifier: holder.id } })];
  }
  const text = JSON.stringify(wanted);
  const missing = referencesIn(text)
    .filter((reference) => arnOf(sight, reference) === undefined)
    .map(({ kind, name }) => `${kind}s.${name}`);
  const step = holder?.policy
    ? { address, verb: "update" as const, sentence: `change the auth policy of ${label}`, locks }
    : { address, verb: "create" as const, sentence: `attach the auth policy of ${label}`, locks };
  const after = [...new Set([...(holder ? [] : [owner]), ...missing])];
  if (!holder || after.length > 0) return [blocked(step, after)];
  const policy = resolveReferences(text, (reference) => arnOf(sight, reference) ?? "");
  if (samePolicy(policy, holder.policy))
    return [unchanged(address, `the auth policy of ${label} is as written`)];
  // One line: Lattice refuses a policy with line breaks.
  return [ready(step, { operation: "PutAuthPolicy", input: { resourceIdentifier: holder.id, policy } })];
}

const arnOf = (sight: Sight, { kind, name }: Reference): string | undefined =>
  (kind === "service" ? serviceNamed(sight, name) : (otherNetwork(sight, name) ?? networkNamed(sight, name)))
    ?.arn;

const samePolicy = (one: string, other: string): boolean =>
  other !== "" && canonical(one) === canonical(other);

/** The same text for the same JSON, whatever the order of its keys. */
function canonical(json: string): string {
  return JSON.stringify(JSON.parse(json), (_, value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
