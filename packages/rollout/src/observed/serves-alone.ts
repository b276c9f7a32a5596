import { type Minute, minuteAt } from "@espalier/evidence";
import { toMillis } from "../instant.ts";
import type { Admitted } from "../rollout.ts";
import { askedShare } from "./asked-share.ts";

/** Whether the candidate was to serve this whole minute alone: the weights written before it leave the stable group nothing. */
export function servesAlone(rollout: Admitted, minute: Minute): boolean {
  if (rollout.writtenAt === null || askedShare(rollout) !== 1) return false;
  return minute > minuteAt(toMillis(rollout.writtenAt));
}
