import type { ExistingTargetGroup } from "../existing.ts";
import { blocked, type Change, type ReadyChange, ready, underway } from "./change.ts";
import { namesOf, targetsAtOnce } from "./plan-targets.ts";

/** Lattice deletes a target group only when its targets are out and have drained. */
export function removeGroup(
  step: Pick<ReadyChange, "address" | "verb" | "sentence">,
  after: readonly string[],
  live: ExistingTargetGroup,
): Change {
  const left = live.targets.filter((target) => target.status !== "DRAINING");
  const draining = left.length < live.targets.length;
  if (live.status.endsWith("_IN_PROGRESS") || (left.length === 0 && draining)) return underway(step);
  if (after.length > 0) return blocked(step, after);
  const targetGroupIdentifier = live.id;
  if (left.length === 0)
    return ready(step, { operation: "DeleteTargetGroup", input: { targetGroupIdentifier } });
  const leaving = left.slice(0, targetsAtOnce);
  const targets = leaving.map(({ id, port }) => ({ id, ...(port && { port }) }));
  const sentence = `${step.sentence}; first deregister ${namesOf(leaving)}`;
  return ready(
    { ...step, sentence },
    { operation: "DeregisterTargets", input: { targetGroupIdentifier, targets } },
  );
}
