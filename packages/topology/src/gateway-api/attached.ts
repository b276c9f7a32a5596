import type { Read } from "./cluster.ts";
import type { Manifest } from "./manifest.ts";
import type { TargetRef } from "./policies.ts";

/** What something is attached to or refers to: `HTTPRoute shop/inventory`. */
export const keyOf = (kind: string, namespace: string, name: string): string =>
  `${kind} ${namespace}/${name}`;

/** The key of a manifest. */
export const keyOfManifest = ({ kind, metadata }: Manifest): string =>
  keyOf(kind, metadata.namespace, metadata.name);

/** Policies of one kind by what they are attached to, and those of them that nothing took. */
export interface Attached<Spec> {
  /** The policies of a target, the oldest first. */
  of(target: string): readonly Read<Spec>[];
  /** Those whose target nobody asked for. */
  loose(): readonly Read<Spec>[];
}

/** A policy is attached to something of its own namespace: https://gateway-api.sigs.k8s.io/geps/gep-713/ */
export function attached<Spec extends { readonly targetRef: TargetRef }>(
  policies: readonly Read<Spec>[],
): Attached<Spec> {
  const asked = new Set<string>();
  const byTarget = Map.groupBy(policies.toSorted(byAge), ({ spec: { targetRef }, manifest: { metadata } }) =>
    (targetRef.namespace ?? metadata.namespace) === metadata.namespace
      ? keyOf(targetRef.kind, metadata.namespace, targetRef.name)
      : nowhere,
  );
  return {
    of(target) {
      asked.add(target);
      return byTarget.get(target) ?? [];
    },
    loose: () => [...byTarget].filter(([target]) => !asked.has(target)).flatMap(([, policies]) => policies),
  };
}

/** No key of anything: what a policy of another namespace is attached to. */
const nowhere = "";

/** The only policy of a target: the oldest, and of the same age the first by name; the others are told to have no effect. */
export function only<Spec extends { readonly targetRef: TargetRef }>(
  policies: Attached<Spec>,
  target: string,
): Read<Spec> | undefined {
  const [first, ...others] = policies.of(target);
  for (const { tell } of others)
    tell.skipped(
      "spec.targetRef",
      `${target} has the ${first?.manifest.kind} ${first?.manifest.metadata.name} already`,
      "left out",
    );
  return first;
}

function byAge({ manifest: a }: Read<unknown>, { manifest: b }: Read<unknown>): number {
  const [at, bt] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  if (at !== bt) return at === "" ? 1 : bt === "" ? -1 : at < bt ? -1 : 1;
  return a.metadata.name < b.metadata.name ? -1 : 1;
}
