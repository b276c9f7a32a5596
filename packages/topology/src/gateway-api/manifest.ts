import * as z from "zod";

const Annotations = z.record(z.string(), z.string()).default({});

/** What every Kubernetes object has; nothing is required of its spec yet. */
export const Manifest = z.object({
  apiVersion: z.string().default(""),
  kind: z.string({ error: "a manifest has a kind" }).min(1, { error: "a manifest has a kind" }),
  metadata: z
    .object({
      name: z.string().default(""),
      namespace: z.string().optional(),
      annotations: Annotations,
      creationTimestamp: z.string().default(""),
    })
    .prefault({}),
  spec: z.unknown().optional(),
});

type Metadata = z.infer<typeof Manifest>["metadata"];

/** A Kubernetes object as it was read, with a namespace, and the place it was read from: `routes.yaml:12`. */
export interface Manifest extends z.infer<typeof Manifest> {
  readonly metadata: Metadata & { readonly namespace: string };
  readonly place: string;
}

/** What the AWS Gateway API Controller's own annotations begin with. */
export const annotationPrefix = "application-networking.k8s.aws/";

/** One of the controller's annotations of an object. */
export const annotationOf = ({ metadata }: Manifest, name: string): string | undefined =>
  metadata.annotations[`${annotationPrefix}${name}`];
