import { type Instant, toMillis } from "./instant.ts";
import { RolloutRequest } from "./request/rollout-request.ts";
import type { Rollout } from "./rollout.ts";

// An id has 200 characters at most, and that of an undo is numbered where the first was refused.
const LONGEST = 190;

/** The id of the rollout that takes another one back. */
export const undoId = (rollout: string): string => `${rollout}-undo`;

/** What is asked for to take a rollout back; or why that is not possible. */
export type Undo =
  | { readonly type: "request"; readonly request: RolloutRequest }
  | { readonly type: "refused"; readonly reason: string };

/**
 * Takes a promoted rollout back: a switch at once to the group that was stable, for as long as that is kept warm. Whether it still
 * has healthy targets, and whether the service has moved on, is for Admit to see.
 */
export function undoOf(rollout: Rollout, at: Instant, by?: string, why?: string): Undo {
  const refused = (reason: string): Undo => ({ type: "refused", reason });
  if (rollout.status !== "admitted") return refused("it was never admitted");
  const { phase, service, candidate, stable, request } = rollout;
  if (phase.type !== "settled") return refused("it has not ended; abort it");
  if (phase.ending !== "promoted" && phase.ending !== "shifted")
    return refused(`it was ${phase.ending.replace("-", " ")}; there is nothing to undo`);
  if (rollout.id.length > LONGEST)
    return refused(
      `an undo is named after it, and its id is longer than ${LONGEST} characters; start a rollout to ${stable.name}`,
    );
  const minutes = (toMillis(at) - toMillis(phase.outcome.at)) / 60_000;
  if (minutes > request.warmMinutes)
    return refused(
      `it ended more than ${request.warmMinutes} minutes ago; start a rollout to ${stable.name}`,
    );
  return {
    type: "request",
    request: RolloutRequest.parse({
      id: undoId(rollout.id),
      service: service.arn,
      candidate: stable.arn,
      stable: candidate.arn,
      strategy: { type: "shift", to: 100 },
      // Whoever takes back what is bad does not wait until it can be measured.
      unreadable: { minutes: 1, otherwise: "promote" },
      reason: why ?? `undoes ${rollout.id}`,
      ...(by === undefined ? {} : { requestedBy: by }),
    }),
  };
}
