import type { Listener } from "./records.ts";
import type { Store } from "./store.ts";

/** Removes a listener with its rules and their tags. */
export function removeListener(store: Store, listener: Listener): void {
  for (const rule of store.rules.filter(({ listenerId }) => listenerId === listener.id)) {
    store.rules.remove(rule.id);
    store.taggings.remove(rule.arn);
  }
  store.listeners.remove(listener.id);
  store.taggings.remove(listener.arn);
}
