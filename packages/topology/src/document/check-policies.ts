import { grantedPolicy } from "../granted-policy.ts";
import { type Problem, placeOf } from "../problem.ts";
import { type Reference, referencesIn, resolveReferences, roleBeside } from "../references.ts";
import type { AuthPolicy } from "./auth-policy.ts";
import type { TopologyDocument } from "./document.ts";
import { grantOf } from "./grant.ts";
import { known } from "./known.ts";
import { ownNetworks } from "./network.ts";

/** An auth policy of the document, and whose it is. */
export interface Held {
  readonly holder: Reference;
  readonly authType: string;
  readonly policy: AuthPolicy;
}

/** The auth policies of a document. */
export const policiesIn = ({ networks, services }: TopologyDocument): Held[] => [
  ...ownNetworks(networks).flatMap(([name, { authType, policy }]) =>
    policy ? [{ holder: { kind: "network" as const, name }, authType, policy }] : [],
  ),
  ...Object.entries(services).flatMap(([name, { authType, policy }]) =>
    policy ? [{ holder: { kind: "service" as const, name }, authType, policy }] : [],
  ),
];

/** What Lattice would refuse of an auth policy, and what it says of things that the document does not have. */
export const checkPolicies = (document: TopologyDocument): Problem[] =>
  policiesIn(document).flatMap((held) =>
    "Statement" in held.policy
      ? [...tooLarge(held), ...strangers(document, held)]
      : [...tooLarge(held), ...strangersInGrants(document, held)],
  );

const placeOfPolicy = ({ holder }: Held) => [`${holder.kind}s`, holder.name, "policy"];

/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html: an auth policy has at most 10 KB. */
const policyLimit = 10 * 1024;
const anArn = "arn:aws:vpc-lattice:ap-southeast-2:123456789012:servicenetwork/sn-0123456789abcdef0";

function tooLarge(held: Held): Problem[] {
  const text = resolveReferences(JSON.stringify(grantedPolicy(held.policy, held.holder)), ({ kind, name }) =>
    kind === "role" ? roleBeside(anArn, name) : anArn,
  );
  const size = new TextEncoder().encode(text).length;
  if (size <= policyLimit) return [];
  const place = placeOf(placeOfPolicy(held));
  return [{ place, message: `has ${size} bytes; an auth policy has at most ${policyLimit}` }];
}

function strangers({ services, networks }: TopologyDocument, held: Held): Problem[] {
  return referencesIn(JSON.stringify(held.policy)).flatMap(({ kind, name }) => {
    const names = { service: services, network: networks, role: { [name]: true } }[kind];
    if (Object.hasOwn(names, name)) return [];
    const message = `refers to the ${kind} "${name}"; ${known(names)}`;
    return [{ place: placeOf(placeOfPolicy(held)), message }];
  });
}

function strangersInGrants({ services }: TopologyDocument, held: Held): Problem[] {
  if ("Statement" in held.policy) return [];
  const { allow, deny } = held.policy;
  return Object.entries({ allow, deny }).flatMap(([list, grants]) =>
    grants.flatMap((text, index) => {
      const grant = grantOf(text);
      if (typeof grant === "string" || grant.of === undefined) return [];
      const place = placeOf([...placeOfPolicy(held), list, index]);
      if (held.holder.kind === "service")
        return [
          { place, message: `is "${text}"; the policy of a service is about that service, without "of"` },
        ];
      return Object.hasOwn(services, grant.of)
        ? []
        : [{ place, message: `is "${text}"; no such service is in the document, ${known(services)}` }];
    }),
  );
}
