import { AwsError } from "../../aws-error.ts";
import type { Store } from "./store.ts";

/** The tags of an existing resource. Throws ResourceNotFoundException. */
export function findTagged(store: Store, resourceArn: string): Readonly<Record<string, string>> {
  const kinds = [
    store.networks,
    store.services,
    store.listeners,
    store.rules,
    store.targetGroups,
    store.serviceAssociations,
    store.vpcAssociations,
    store.accessLogSubscriptions,
  ];
  const id = resourceArn.slice(resourceArn.lastIndexOf("/") + 1);
  if (kinds.some((collection) => collection.get(id)?.arn === resourceArn)) {
    return store.taggings.get(resourceArn)?.tags ?? {};
  }
  throw new AwsError("ResourceNotFoundException", `Resource ${resourceArn} not found`, 404, {
    resourceId: resourceArn,
    resourceType: "RESOURCE",
  });
}
