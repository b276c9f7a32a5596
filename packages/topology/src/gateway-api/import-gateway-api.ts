import { VpcId } from "../document/fields.ts";
import { TopologyRefused } from "../problem.ts";
import { type Attached, attached } from "./attached.ts";
import { type Cluster, readCluster } from "./cluster.ts";
import { groupsOf, type Origins, type WrittenDocument, type WrittenService } from "./draft.ts";
import { groups } from "./groups.ts";
import type { Manifest } from "./manifest.ts";
import { networkName, networksOf } from "./network-of.ts";
import type { NotExpressed } from "./not-expressed.ts";
import { latticeGateways, parentsOf } from "./parents.ts";
import type { TargetRef } from "./policies.ts";
import { serviceName } from "./service-name.ts";
import { type Route, serviceOf } from "./service-of.ts";
import { settle } from "./settle.ts";

/** What the manifests do not say. */
export interface ImportOptions {
  /** The document's name. */
  readonly name: string;
  /** The cluster's VPC, or a value to be filled in, as `${clusterVpc}`. */
  readonly vpc: string;
}

export interface Imported {
  /** What the controller would have made; once its VPC is filled in, it can be read. */
  readonly document: WrittenDocument;
  readonly notExpressed: readonly NotExpressed[];
}

/**
 * Manifests of the AWS Gateway API Controller as a topology document, and what of them is not in it. Throws TopologyRefused
 * where the document's name or the VPC is none.
 */
export function importGatewayApi(manifests: readonly Manifest[], { name, vpc }: ImportOptions): Imported {
  if (!isVpc(vpc))
    throw new TopologyRefused("import", [
      { place: "vpc", message: `is ${JSON.stringify(vpc)}; a VPC is named by its id, vpc-…` },
    ]);
  const notExpressed: NotExpressed[] = [];
  const origins: Origins = new WeakMap();
  const cluster = readCluster(manifests, notExpressed);
  const groupPolicies = attached(cluster.TargetGroupPolicy);
  const policies = {
    auth: attached(cluster.IAMAuthPolicy),
    vpc: attached(cluster.VpcAssociationPolicy),
    logs: attached(cluster.AccessLogPolicy),
  };
  const gateways = latticeGateways(cluster);
  const networks = networksOf(gateways.ours, policies, vpc, origins);
  const made = groups(cluster, groupPolicies, origins, vpc);
  const services = new Map<string, WrittenService>();
  for (const route of routesOf(cluster)) {
    const parents = parentsOf(route, gateways);
    if (parents.length === 0) continue;
    const joined = [...new Set(parents.map((parent) => networkName(parent.name)))];
    for (const network of joined) if (!networks.has(network)) networks.set(network, "external");
    const taken = new Set(services.keys());
    services.set(serviceName(route, taken), serviceOf(route, parents, joined, made, policies, origins));
  }
  const every: readonly Attached<{ readonly targetRef: TargetRef }>[] = [
    groupPolicies,
    ...Object.values(policies),
  ];
  for (const { spec, tell } of every.flatMap((all) => all.loose())) {
    const { kind, name: target } = spec.targetRef;
    const why = `the ${kind} ${target} of its namespace is not among what is imported`;
    tell.skipped("spec.targetRef", why, "left out");
  }
  const document: WrittenDocument = {
    name,
    networks: Object.fromEntries(networks),
    targetGroups: Object.fromEntries(made.made),
    services: Object.fromEntries(services),
  };
  settle(document, origins, vpc);
  document.targetGroups = usedGroups(document);
  return { document, notExpressed: inOrder(once(notExpressed), manifests) };
}

const isVpc = (vpc: string) => /^\$\{[^}]+\}$/.test(vpc) || VpcId.safeParse(vpc).success;

const routesOf = ({ HTTPRoute, GRPCRoute }: Cluster): Route[] => [
  ...HTTPRoute.map((route) => ({ ...route, kind: "HTTPRoute" as const })),
  ...GRPCRoute.map((route) => ({ ...route, kind: "GRPCRoute" as const })),
];

/** Without the groups of rules that were taken out again. */
function usedGroups({ targetGroups = {}, services = {} }: WrittenDocument): WrittenDocument["targetGroups"] {
  const used = new Set(
    Object.values(services)
      .flatMap(({ listeners = {} }) => Object.values(listeners))
      .flatMap(({ rules = [] }) => rules)
      .flatMap(({ action }) => groupsOf(action)),
  );
  return Object.fromEntries(Object.entries(targetGroups).filter(([name]) => used.has(name)));
}

/** A route is looked at once for each of its listeners, and a policy for each of its groups: what is told is told once. */
const once = (list: readonly NotExpressed[]): NotExpressed[] => [
  ...new Map(list.map((one) => [JSON.stringify(one), one])).values(),
];

/** As the manifests come in the files. */
function inOrder(list: readonly NotExpressed[], manifests: readonly Manifest[]): NotExpressed[] {
  const position = new Map(manifests.map(({ place }, index) => [place, index]));
  return list.toSorted((a, b) => (position.get(a.place) ?? 0) - (position.get(b.place) ?? 0));
}
