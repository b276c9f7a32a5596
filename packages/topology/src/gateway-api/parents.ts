import { keyOf, keyOfManifest } from "./attached.ts";
import type { Cluster, Read } from "./cluster.ts";
import { type GatewaySpec, latticeClass, latticeController, type Section } from "./gateway.ts";
import { annotationOf } from "./manifest.ts";
import type { ParentRef, RouteSpec } from "./route.ts";

/** A Gateway that a route names; without a manifest where it is not among the files. */
export interface Parent {
  readonly field: string;
  readonly ref: ParentRef;
  readonly key: string;
  readonly name: string;
  readonly gateway: Read<GatewaySpec> | undefined;
}

/** The Gateways of the files: those of Lattice's controller, and the keys of those of others. */
export interface Gateways {
  readonly ours: readonly Read<GatewaySpec>[];
  readonly others: ReadonlySet<string>;
}

/** Tells the Gateways apart by their classes; those that are not Lattice's are taken down. */
export function latticeGateways({ Gateway, GatewayClass }: Cluster): Gateways {
  const controllers = new Map(
    GatewayClass.map(({ manifest, spec }) => [manifest.metadata.name, spec.controllerName]),
  );
  const isOurs = ({ spec: { gatewayClassName } }: Read<GatewaySpec>) => {
    const controller = controllers.get(gatewayClassName);
    return controller === undefined ? gatewayClassName === latticeClass : controller === latticeController;
  };
  const others = Gateway.filter((gateway) => !isOurs(gateway));
  for (const { spec, tell } of others) {
    const controller = controllers.get(spec.gatewayClassName) ?? "not known from the files";
    const why = `its class is ${spec.gatewayClassName}, whose controller is ${controller}`;
    tell.skipped("spec.gatewayClassName", why, "the Gateway is left out");
  }
  return {
    ours: Gateway.filter(isOurs),
    others: new Set(others.map(({ manifest }) => keyOfManifest(manifest))),
  };
}

/** The parents of a route that are Gateways of Lattice's, or may be; where there are none, it is told. */
export function parentsOf({ manifest, spec, tell }: Read<RouteSpec>, { ours, others }: Gateways): Parent[] {
  const parents = spec.parentRefs.flatMap((ref, index) => {
    const field = `spec.parentRefs[${index}]`;
    const isGateway = ref.kind === "Gateway" && ref.group === "gateway.networking.k8s.io";
    if (!isGateway) tell.skipped(field, `${ref.group}/${ref.kind} is no Gateway`, "left out");
    const key = keyOf("Gateway", ref.namespace ?? manifest.metadata.namespace, ref.name);
    const gateway = ours.find((one) => keyOfManifest(one.manifest) === key);
    return !isGateway || others.has(key) ? [] : [{ field, ref, key, name: ref.name, gateway }];
  });
  if (parents.length === 0)
    tell.skipped("spec.parentRefs", "none of them is a Gateway of Lattice's", "the route is left out");
  return parents;
}

/**
 * The sections of the first of a route's Gateways that it is attached to. Where a reference names none, the controller takes
 * the Gateway's first section, whereas Gateway API means them all.
 */
export function sectionsOf(route: Read<RouteSpec>, parents: readonly Parent[], grpc: boolean): Section[] {
  const [first] = parents;
  if (first === undefined) return [];
  const sections = parents
    .filter(({ key }) => key === first.key)
    .flatMap((parent) => sectionOf(route, parent, grpc) ?? []);
  return sections.filter(({ name }, index) => sections.findIndex((one) => one.name === name) === index);
}

function sectionOf(
  { tell }: Read<RouteSpec>,
  { gateway, ref, field }: Parent,
  grpc: boolean,
): Section | undefined {
  if (gateway === undefined) {
    const isSecure = grpc || /https/i.test(ref.sectionName ?? "");
    const [protocol, port] = isSecure ? ["HTTPS", 443] : ["HTTP", 80];
    const why = `the Gateway ${ref.name} is not among the files`;
    tell.approximated(field, why, `a network of others, and a listener for ${protocol} on ${port}`);
    return { name: ref.sectionName ?? protocol.toLowerCase(), protocol, port, certificate: undefined };
  }
  const { listeners } = gateway.spec;
  const meant = listeners.filter(
    ({ name, port }) => (ref.sectionName ?? name) === name && (ref.port ?? port) === port,
  );
  const [section, ...others] = meant;
  if (section === undefined)
    tell.skipped(field, `the Gateway ${ref.name} has no such listener`, "the route has no listener there");
  if (section !== undefined && others.length > 0)
    tell.approximated(
      field,
      `it names none of the ${meant.length} listeners of the Gateway ${ref.name}, which in Gateway API means all`,
      `the first, ${section.name}, as the controller does`,
    );
  return section;
}

/** Whether a route's service joins no network: said of the route, or else of its Gateway. */
export function standsAlone({ manifest }: Read<RouteSpec>, parents: readonly Parent[]): boolean {
  const [said] = [manifest, ...parents.flatMap(({ gateway }) => gateway?.manifest ?? [])].flatMap(
    (one) => annotationOf(one, "standalone") ?? [],
  );
  return said === "true";
}
