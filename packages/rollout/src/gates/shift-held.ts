import type { Admitted } from "../rollout.ts";
import { ALL } from "../weight.ts";
import { grows } from "./grows.ts";

/** Whether a shift has been decided that is not to be done now, since all rollouts were frozen before it was. */
export function shiftHeld(rollout: Admitted): boolean {
  const { phase, frozen, undoes } = rollout;
  if (frozen === null || undoes !== undefined) return false;
  if (phase.type === "shifting") return grows(rollout, phase.to, phase.match);
  return phase.type === "promoting" && !phase.shifted && grows(rollout, ALL, null);
}
