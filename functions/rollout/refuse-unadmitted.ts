import {
  type Bus,
  Instant,
  type RolloutStore,
  type ServiceLocks,
  type ServiceQueue,
} from "@espalier/rollout";
import * as z from "zod";
import { AskedEvent } from "./asked-event.ts";
import { askedFor, askedRollout } from "./asked-rollout.ts";
import { giveBack, type Returns, wakeNext } from "./give-back.ts";
import { causeOf } from "./preparation.ts";
import { type Refused, writeRefusal } from "./write-refusal.ts";

/** A request that could not be admitted, with the error that the workflow caught. */
export const Unadmitted = z.object({
  event: AskedEvent,
  execution: z.string(),
  at: Instant,
  failure: z.object({ error: z.string(), cause: z.string() }),
});
export type Unadmitted = z.infer<typeof Unadmitted>;

/** What refusing it needs: nothing of what may have kept Admit from its work. */
export interface RefusingUnadmitted extends Returns {
  readonly store: RolloutStore;
  readonly bus: Bus;
  readonly locks: Pick<ServiceLocks, "list" | "release">;
  readonly queue: ServiceQueue;
}

/**
 * Tells whoever asked that nothing comes of a request, and gives up what was taken for it. One that has begun nevertheless keeps its
 * lock, by which recovery finds it.
 */
export function refuseUnadmitted(refusing: RefusingUnadmitted) {
  return async ({ event, execution: owner, at, failure }: Unadmitted): Promise<{ outcome: Refused }> => {
    const { store, locks, queue } = refusing;
    const asked = await askedRollout(store, event, owner);
    const problem = `the request could not be taken up: ${causeOf(failure)}; nothing was changed; mend that and send it again`;
    const outcome = await writeRefusal(refusing, {
      ...{ id: asked.id, owner, at, problem },
      asked: () => askedFor(asked),
    });
    if (outcome === "begun") return { outcome };
    for (const place of await queue.list()) {
      if (place.owner !== owner) continue;
      await queue.leave(place);
      await wakeNext(refusing, place.service);
    }
    for (const lock of await locks.list()) if (lock.owner === owner) await giveBack(refusing, lock);
    return { outcome };
  };
}
