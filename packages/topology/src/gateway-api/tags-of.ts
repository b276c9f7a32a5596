import { Tags } from "../document/fields.ts";
import type { Read } from "./cluster.ts";
import { annotationOf } from "./manifest.ts";

/** https://www.gateway-api-controller.eks.aws.dev/latest/guides/additional-tags/: `Environment=Production,Team=Backend`. */
export function tagsOf({ manifest, tell }: Read<unknown>): Record<string, string> | undefined {
  const written = annotationOf(manifest, "tags");
  if (written === undefined) return undefined;
  const pairs = written.split(",").map((pair) => pair.split("=").map((part) => part.trim()));
  const read = Tags.safeParse(
    Object.fromEntries(pairs.map(([key = "", ...value]) => [key, value.join("=")])),
  );
  if (read.success && pairs.every(({ length }) => length > 1)) return read.data;
  tell.skipped(
    'metadata.annotations["application-networking.k8s.aws/tags"]',
    "it is not KEY=VALUE, with commas between, as the document has tags",
    "no tags of its own",
  );
  return undefined;
}
