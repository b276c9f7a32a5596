import { AwsError } from "../../aws-error.ts";
import { idOf } from "./identifiers.ts";
import { recordNamed } from "./record-named.ts";
import type { Store } from "./store.ts";

/** The tags of an existing resource. Throws ResourceNotFoundException. */
export function findTagged(store: Store, resourceArn: string): Readonly<Record<string, string>> {
  if (recordNamed(store, idOf(resourceArn))?.record.arn === resourceArn) {
    return store.taggings.get(resourceArn)?.tags ?? {};
  }
  throw new AwsError("ResourceNotFoundException", `Resource ${resourceArn} not found`, 404, {
    resourceId: resourceArn,
    resourceType: "RESOURCE",
  });
}
