import { type ClosedMinute, type Minute, minuteAt } from "@espalier/evidence";
import { toMillis } from "../instant.ts";
import type { Admitted } from "../rollout.ts";
import { askedShare } from "./asked-share.ts";
import { contradicts } from "./contradicts.ts";

/**
 * The minutes in a row, after those of before, whose counts contradict the present weight. Only whole minutes at it count; one without
 * traffic, or one that is missing, says nothing.
 */
export function watchShare(rollout: Admitted, fresh: readonly ClosedMinute[]): readonly Minute[] {
  const asked = askedShare(rollout);
  if (asked === undefined || rollout.writtenAt === null || rollout.drift.accepted) return [];
  const first = minuteAt(toMillis(rollout.writtenAt)) + 1;
  let inARow = rollout.contradicted;
  for (const closed of fresh) {
    if (closed.type === "missing" || closed.minute < first) continue;
    if (closed.candidate.requests + closed.stable.requests === 0) continue;
    inARow = contradicts(closed, asked) ? [...inARow, closed.minute] : [];
  }
  return inARow;
}
