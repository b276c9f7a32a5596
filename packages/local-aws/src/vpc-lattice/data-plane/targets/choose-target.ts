import type { TargetHealth } from "../../control-plane/control-plane.ts";

/**
 * The targets that may get requests: those that are healthy or not checked, or, where there is none, all that do not
 * drain (Lattice fails open). See https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-group-health-checks.html
 */
export function candidates<T>(
  targets: readonly T[],
  statusOf: (target: T) => TargetHealth["status"],
): readonly T[] {
  const staying = targets.filter((target) => statusOf(target) !== "DRAINING");
  const healthy = staying.filter((target) => ["HEALTHY", "UNAVAILABLE"].includes(statusOf(target)));
  return healthy.length > 0 ? healthy : staying;
}

/** The target whose turn it is, in round robin; `turn` counts from 0. */
export function inTurn<T>(targets: readonly T[], turn: number): T | undefined {
  return targets[turn % targets.length];
}
