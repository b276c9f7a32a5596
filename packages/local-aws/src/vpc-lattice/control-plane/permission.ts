import type { Permission } from "../../platform.ts";
import type { Store } from "./store.ts";
import { resourceTags } from "./tagging.ts";

/** The permission to do `operation` on the resource with this ARN, its tags among the condition keys. */
export function permission(
  store: Store,
  operation: string,
  resource: string,
  context: Permission["context"] = {},
): Permission {
  return {
    action: `vpc-lattice:${operation}`,
    resource,
    context: { ...resourceTags(store, resource), ...context },
  };
}

/** The permission of operations that have no resource-level permission. */
export function anyResource(operation: string): Permission[] {
  return [{ action: `vpc-lattice:${operation}`, resource: "*" }];
}
