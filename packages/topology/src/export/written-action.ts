import type { LatticeAction } from "../existing.ts";
import type { NameOf } from "./names-by-id.ts";
import type { Written } from "./written.ts";

/** An action as it is written, target groups by name; one that has everything stands alone. */
export function writtenAction(action: LatticeAction, nameOf: NameOf): Written {
  if ("fixedResponse" in action) return { fixedResponse: action.fixedResponse.statusCode };
  const { targetGroups } = action.forward;
  const [only] = targetGroups;
  if (targetGroups.length === 1 && only?.weight === 100)
    return { forward: nameOf(only.targetGroupIdentifier) };
  return {
    forward: Object.fromEntries(
      targetGroups.map(({ targetGroupIdentifier, weight }) => [nameOf(targetGroupIdentifier), weight]),
    ),
  };
}
