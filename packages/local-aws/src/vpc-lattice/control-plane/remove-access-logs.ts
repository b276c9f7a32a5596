import type { Store } from "./store.ts";

/** Removes the access log subscriptions of a service or network that goes. */
export function removeAccessLogs(store: Store, resourceId: string): void {
  for (const { id, arn } of store.accessLogSubscriptions.filter((each) => each.resourceId === resourceId)) {
    store.accessLogSubscriptions.remove(id);
    store.taggings.remove(arn);
  }
}
