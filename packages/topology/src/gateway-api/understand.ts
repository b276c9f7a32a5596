import type * as z from "zod";
import { placeOf } from "../problem.ts";
import { annotationPrefix, type Manifest } from "./manifest.ts";
import type { Tell } from "./not-expressed.ts";
import { unread } from "./unread.ts";

/** A manifest's spec, as far as its schema has words for it: the rest is told. Undefined where it cannot be understood. */
export function understand<Spec>(manifest: Manifest, schema: z.ZodType<Spec>, tell: Tell): Spec | undefined {
  const parsed = schema.safeParse(manifest.spec);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues)
      tell.skipped(
        placeOf(["spec", ...path]),
        `cannot be understood: ${message}`,
        "the manifest is left out",
      );
    return undefined;
  }
  for (const field of unread(manifest.spec, parsed.data)) {
    const [why, instead] = fields.get(field.replace(/^.*\./, "")) ?? [
      "neither Lattice nor the document has it",
      "left out",
    ];
    tell.skipped(field, why, instead);
  }
  for (const name of Object.keys(manifest.metadata.annotations)) {
    const own = name.startsWith(annotationPrefix) ? name.slice(annotationPrefix.length) : undefined;
    if (own === undefined || understood.test(own)) continue;
    const [why, instead] = /^rule-\d+-priority$/.test(own)
      ? ["priorities are not taken from annotations", "rules are in the order in which they are written"]
      : ["it is not read", "left out"];
    tell.skipped(`metadata.annotations["${name}"]`, why, instead);
  }
  return parsed.data;
}

/** Why some fields are not expressed, and what that means, by the field's last name. */
const fields: ReadonlyMap<string, readonly [why: string, instead: string]> = new Map([
  ["allowedRoutes", ["who may attach is not looked at", "every route that names the listener has it"]],
  [
    "hostname",
    ["a listener of Lattice's serves all names of its service", "the route's own hostnames count"],
  ],
  ["retry", ["Lattice does not ask a target again", "left out"]],
  ["sessionPersistence", ["Lattice keeps no sessions with a target", "left out"]],
  ["timeouts", ["Lattice has one idle timeout for a service", "60 seconds, Lattice's default"]],
]);

/** Annotations that are read, and those that the controller writes itself. */
const understood =
  /^(service-name-override|standalone|tags|aws-vpc|aws-eks-cluster-name|export-name|lattice-assigned-domain-name|lattice-service-arn|accessLogSubscription|resourceArn|iam-auth-policy.*)$/;
