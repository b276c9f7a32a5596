import * as z from "zod";
import { type Forwarding, placeName } from "./forwarding.ts";
import { wantedFields } from "./request/describe-issues.ts";
import { Reason, RequestedBy, RolloutId } from "./request/reference.ts";
import type { Admitted } from "./rollout.ts";
import { ownWeightsAt, ownWeightsIn } from "./share.ts";

const request = {
  id: RolloutId.optional(),
  rollout: RolloutId,
  reason: Reason.optional(),
  requestedBy: RequestedBy.optional(),
};

/** What `Rollout Undo Requested` carries: which rollout is to be taken back. */
export const UndoRequest = z.strictObject(request, wantedFields("an undo", request));
export type UndoRequest = z.infer<typeof UndoRequest>;

/** Why a rollout that has ended can no longer be taken back, with the actions as they are now; undefined while it can. */
export function movedOn(
  { id, actions, candidate, stable, written }: Admitted,
  now: readonly Forwarding[],
): string | undefined {
  const pair = { candidate: candidate.id, stable: stable.id };
  for (const recorded of actions) {
    const place = placeName(recorded.place);
    const action = now.find((one) => placeName(one.place) === place);
    const own = action && ownWeightsIn(action, pair);
    const left = written === null ? ownWeightsIn(recorded, pair) : ownWeightsAt(recorded, pair, written);
    if (own?.candidate === left.candidate && own.stable === left.stable) continue;
    const found = own
      ? `has ${own.candidate}/${own.stable}, not ${left.candidate}/${left.stable}`
      : "is gone";
    return `the service has moved on since ${id}: ${place} ${found}; roll ${stable.name} out instead`;
  }
  return undefined;
}
