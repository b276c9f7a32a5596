import type { Target, TargetGroup } from "../document/target-group.ts";
import type { ExistingTargetGroup } from "../existing.ts";
import { blocked, type Change, ready, unchanged } from "./change.ts";
import { targetKey } from "./lattice-shape.ts";

/** RegisterTargets and DeregisterTargets take at most this many. */
export const targetsAtOnce = 100;

/** The targets of a group: new ones are registered before old ones are taken out. `live` is undefined until it is ACTIVE. */
export function planTargets(
  name: string,
  group: TargetGroup,
  wanted: readonly Target[],
  live: ExistingTargetGroup | undefined,
): Change {
  const address = `targetGroups.${name}.targets`;
  const groupPort = "port" in group ? group.port : undefined;
  const staying = (live?.targets ?? []).filter((target) => target.status !== "DRAINING");
  const present = new Set(staying.map((target) => targetKey(target, groupPort)));
  const listed = new Set(wanted.map((target) => targetKey(target, groupPort)));
  const missing = wanted.filter((target) => !present.has(targetKey(target, groupPort)));
  const surplus = staying.filter((target) => !listed.has(targetKey(target, groupPort)));
  const joining = missing.slice(0, targetsAtOnce);
  const leaving = surplus.slice(0, targetsAtOnce);
  const step = { address, verb: present.size === 0 ? ("create" as const) : ("update" as const) };
  const register = {
    ...step,
    sentence: `register ${namesOf(joining)} with ${name}`,
    locks: live?.usedBy ?? [],
  };
  if (!live) return blocked(register, [`targetGroups.${name}`]);
  const targetGroupIdentifier = live.id;
  if (joining.length > 0) {
    const input = { targetGroupIdentifier, targets: joining.map(latticeTarget) };
    return ready(register, { operation: "RegisterTargets", input });
  }
  if (leaving.length === 0) return unchanged(address, `the targets of ${name} are as written`);
  const deregister = { ...step, sentence: `deregister ${namesOf(leaving)} from ${name}`, locks: live.usedBy };
  const input = { targetGroupIdentifier, targets: leaving.map(latticeTarget) };
  return ready(deregister, { operation: "DeregisterTargets", input });
}

const latticeTarget = ({ id, port }: { id: string; port?: number | undefined }) => ({
  id,
  ...(port && { port }),
});

/** Some of the targets, and how many more: another text for each batch. */
export function namesOf(targets: readonly { readonly id: string }[]): string {
  const ids = targets.slice(0, 3).map((target) => target.id);
  return targets.length > 3 ? `${ids.join(", ")} and ${targets.length - 3} more` : ids.join(", ");
}
