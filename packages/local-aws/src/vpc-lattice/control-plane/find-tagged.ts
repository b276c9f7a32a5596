import { invalid, notFound } from "./errors.ts";
import { idOf } from "./identifiers.ts";
import { kindNamed, recordNamed } from "./record-named.ts";
import type { Store } from "./store.ts";

/** The tags of an existing resource. Throws ResourceNotFoundException, or ValidationException for the ARN of nothing that has tags. */
export function findTagged(store: Store, resourceArn: string): Readonly<Record<string, string>> {
  const id = idOf(resourceArn);
  if (recordNamed(store, id)?.record.arn === resourceArn) return store.taggings.get(resourceArn)?.tags ?? {};
  const kind = kindNamed(store, id);
  if (kind !== undefined) throw notFound(kind.type, id);
  throw invalid({ name: "resourceArn", message: "Not the ARN of a resource that can have tags" });
}
