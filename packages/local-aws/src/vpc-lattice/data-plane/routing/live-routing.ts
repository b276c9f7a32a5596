import type { Clock } from "../../../clock/clock.ts";
import type { Store } from "../../control-plane/store.ts";
import { type Routing, routingOf } from "./routing.ts";

/**
 * The routing that is in force. A change of the store shows `propagationMs` of AWS time later, all of it at once; with 0,
 * from the next request on.
 */
export function liveRouting(store: Store, clock: Clock, propagationMs: number): () => Routing {
  let current = routingOf(store);
  let stale = false;

  if (propagationMs === 0) {
    store.onChange(() => {
      stale = true;
    });
    return () => {
      if (stale) current = routingOf(store);
      stale = false;
      return current;
    };
  }

  store.onChange(() => {
    if (stale) return;
    stale = true;
    queueMicrotask(() => {
      stale = false;
      const next = routingOf(store);
      clock.after(propagationMs, () => {
        current = next;
      });
    });
  });
  return () => current;
}
