import { fromMillis, type Instant, toMillis } from "./instant.ts";
import type { RolloutQueued } from "./rollout-event.ts";

/** Until when a request waits for what it says it waits for; then it is refused, since nothing has begun that could be promoted. */
export const queuedUntil = ({ at, request }: RolloutQueued): Instant =>
  fromMillis(toMillis(at) + request.deadlines.waitingMinutes * 60_000);
