import type { Instant } from "../instant.ts";
import type { Admitted } from "../rollout.ts";
import type { Deadline } from "./deadline-of.ts";

/** That the minutes of a candidate with traffic have been missing for too long, in the terms of a deadline; undefined if not. */
export function missingTooLong({ phase, request, written }: Admitted, at: Instant): Deadline | undefined {
  if (phase.type !== "baking" || written === null || written === 0) return undefined;
  const { minutes, otherwise } = request.unreadable;
  const { missing } = phase.measured;
  if (missing < minutes) return undefined;
  return { at, otherwise, reason: `it could not be measured for ${missing} minutes` };
}
