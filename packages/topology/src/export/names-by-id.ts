import type { Existing } from "../existing.ts";

/** The name of a target group by its id. */
export type NameOf = (id: string) => string;

/** Throws on an id that nothing has: an action cannot name a group that is not there. */
export function namesById({ targetGroups }: Existing): NameOf {
  const names = new Map(targetGroups.map(({ id, name }) => [id, name]));
  return (id) => {
    const name = names.get(id);
    if (name === undefined) throw new Error(`no target group has the id ${id}`);
    return name;
  };
}

interface Referred {
  readonly kind: "service" | "network";
  readonly arn: string;
  readonly name: string;
}

/** A policy's JSON as an object, the ARNs of what is in the same document as references to it. */
export function withReferences(things: readonly Referred[]): (policy: string) => unknown {
  const names = new Map(things.map(({ kind, arn, name }) => [arn, `\${${kind}:${name}.arn}`]));
  const arns = /arn:[a-z-]+:vpc-lattice:[a-z0-9-]+:\d{12}:service(?:network)?\/[a-z0-9-]+/g;
  return (policy) => JSON.parse(policy.replace(arns, (arn) => names.get(arn) ?? arn));
}
