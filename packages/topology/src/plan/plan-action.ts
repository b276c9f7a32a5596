import type { Action } from "../document/action.ts";
import { groupsOf } from "../document/action.ts";
import type { LatticeAction } from "../existing.ts";
import type { Change } from "./change.ts";
import { groupNamed, type Sight } from "./sight.ts";
import type { WriteAction } from "./write.ts";

/** An action in Lattice's terms; where it is not ready, of the groups that exist, with the addresses of what has to be there first. */
export type WantedAction =
  | { readonly ready: true; readonly action: LatticeAction }
  | { readonly ready: false; readonly action: LatticeAction; readonly after: readonly string[] };

/** What target groups still miss before they are forwarded to: the addresses of changes, by the name of the group. */
export type Missing = ReadonlyMap<string, readonly string[]>;

/** A target group is forwarded to once it is ACTIVE and its targets are registered. */
export function missingOf(groups: readonly Change[]): Missing {
  const missing = new Map<string, string[]>();
  for (const change of groups) {
    if (!isMissing(change)) continue;
    const name = change.address.split(".")[1] ?? "";
    missing.set(name, [...(missing.get(name) ?? []), change.address]);
  }
  return missing;
}

/** Names become ids. */
export function wantedAction(sight: Sight, written: Action, missing: Missing): WantedAction {
  if ("fixedResponse" in written)
    return { ready: true, action: { fixedResponse: { statusCode: written.fixedResponse } } };
  const after = groupsOf(written).flatMap((name) => missing.get(name) ?? []);
  const targetGroups = Object.entries(written.forward).flatMap(([name, weight]) => {
    const group = groupNamed(sight, name);
    return group ? [{ targetGroupIdentifier: group.id, weight }] : [];
  });
  const action = { forward: { targetGroups } };
  return after.length > 0 ? { ready: false, action, after } : { ready: true, action };
}

const isMissing = (change: Change): boolean =>
  change.state === "refused" ||
  (change.state !== "unchanged" && (change.verb === "create" || change.verb === "replace"));

/** A copy that may be written: what exists is read only. */
export const writable = (action: LatticeAction): WriteAction =>
  "forward" in action
    ? { forward: { targetGroups: action.forward.targetGroups.map((group) => ({ ...group })) } }
    : { fixedResponse: { ...action.fixedResponse } };
