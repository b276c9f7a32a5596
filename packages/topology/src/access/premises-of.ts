import {
  type Guard,
  type PolicyDocument,
  PolicyError,
  type Premises,
  parsePolicy,
  readPolicy,
} from "@espalier/policy";
import type { AuthPolicy } from "../document/auth-policy.ts";
import type { TopologyDocument } from "../document/document.ts";
import { portOf } from "../document/listener.ts";
import { isOwn } from "../document/network.ts";
import type { Existing } from "../existing.ts";
import { grantedPolicy } from "../granted-policy.ts";
import { type Reference, resolveReferences, roleBeside } from "../references.ts";

/** What is known of where a document is for: what exists there, or no more than the account's number and the region. */
export type Known = { readonly existing: Existing } | { readonly account: string; readonly region: string };

/**
 * What a document makes of networks and services, as far as it decides who may call what. What exists already has its ARN,
 * all else one that stands for it, which `arnsAsReferences` turns back. Networks of others are let pass, and said to be unknown.
 */
export function premisesOf(document: TopologyDocument, known: Known): Premises {
  const arnOf = arns(document, known);
  const guardOf = (authType: string, policy: AuthPolicy | undefined, holder: Reference): Guard => {
    if (authType === "NONE") return { type: "open" };
    const granted = policy && grantedPolicy(policy, holder);
    return { type: "policy", document: granted && resolved(granted, arnOf, arnOf(holder)) };
  };
  return {
    networks: Object.entries(document.networks).map(([name, network]) => ({
      name,
      arn: arnOf({ kind: "network", name }),
      guard: isOwn(network)
        ? guardOf(network.authType, network.policy, { kind: "network", name })
        : { type: "unknown", why: `the network ${name} is not of this document, and its policy is not seen` },
      vpcs: isOwn(network) ? network.vpcs.map(({ vpc }) => ({ id: vpc })) : [],
      services: Object.entries(document.services)
        .filter(([, { networks }]) => networks.includes(name))
        .map(([service]) => arnOf({ kind: "service", name: service })),
    })),
    services: Object.entries(document.services).map(([name, service]) => ({
      name,
      arn: arnOf({ kind: "service", name }),
      guard: guardOf(service.authType, service.policy, { kind: "service", name }),
      hosts: service.domain === undefined ? [] : [service.domain.name],
      listeners: Object.values(service.listeners).map((listener) => ({
        protocol: listener.protocol,
        port: portOf(listener),
      })),
      tags: { ...document.tags, ...service.tags },
    })),
  };
}

/** The same of what exists, as far as it was read for a document. */
export function existingPremises({ networks, services }: Existing): Premises {
  return {
    networks: networks.map((network) => ({
      name: network.name,
      arn: network.arn,
      guard: readGuard(network),
      vpcs: network.vpcs.map(({ vpc }) => ({ id: vpc })),
      services: network.services.map(({ serviceArn }) => serviceArn),
    })),
    services: services.map((service) => ({
      name: service.name,
      arn: service.arn,
      guard: readGuard(service),
      hosts: [service.domainName, service.customDomain ?? ""].filter((host) => host !== ""),
      listeners: service.listeners.map(({ protocol, port }) => ({ protocol, port })),
      tags: service.tags,
    })),
  };
}

function readGuard({ authType, policy }: { readonly authType: string; readonly policy: string }): Guard {
  if (authType !== "AWS_IAM") return { type: "open" };
  try {
    return { type: "policy", document: policy === "" ? undefined : parsePolicy(policy) };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return { type: "unknown", why: error.message };
  }
}

/**
 * A text in which the ARNs that stand for what is not made yet are references again, as a document has them: they end in a
 * name, which begins otherwise than Lattice's ids.
 */
export const arnsAsReferences = (text: string): string =>
  text.replace(
    /arn:aws:vpc-lattice:[a-z0-9-]*:\d*:(service|network)\/(?!svc-)([a-z0-9-]+)/g,
    `\${$1:$2.arn}`,
  );

/** The ARN of each service and network; a role's depends on whose policy names it. */
function arns(document: TopologyDocument, known: Known): (reference: Reference) => string {
  const { networks, otherNetworks, services } =
    "existing" in known ? known.existing : { networks: [], otherNetworks: [], services: [] };
  const made = new Map<string, string>([
    ...[...networks, ...otherNetworks].map(({ name, arn }) => [`network/${name}`, arn] as const),
    ...services.map(({ name, arn }) => [`service/${name}`, arn] as const),
  ]);
  const [, , , region = "", account = ""] = made.values().next().value?.split(":") ?? [];
  const place = "account" in known ? known : { region, account };
  return ({ kind, name }) => {
    const network = kind === "network" ? document.networks[name] : undefined;
    const far = typeof network === "object" && "arn" in network ? network.arn : undefined;
    return (
      far ??
      made.get(`${kind}/${name}`) ??
      `arn:aws:vpc-lattice:${place.region}:${place.account}:${kind}/${name}`
    );
  };
}

function resolved(
  policy: PolicyDocument,
  arnOf: (reference: Reference) => string,
  holder: string,
): PolicyDocument {
  const text = resolveReferences(JSON.stringify(policy), (reference) =>
    reference.kind === "role" ? roleBeside(holder, reference.name) : arnOf(reference),
  );
  return readPolicy(JSON.parse(text));
}
