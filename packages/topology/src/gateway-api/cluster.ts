import * as z from "zod";
import { keyOfManifest } from "./attached.ts";
import { GatewayClassSpec, GatewaySpec } from "./gateway.ts";
import type { Manifest } from "./manifest.ts";
import { type NotExpressed, type Tell, tellInto } from "./not-expressed.ts";
import {
  AccessLogPolicySpec,
  IamAuthPolicySpec,
  TargetGroupPolicySpec,
  VpcAssociationPolicySpec,
} from "./policies.ts";
import { GrpcRouteSpec, HttpRouteSpec } from "./route.ts";
import { understand } from "./understand.ts";

/** A manifest whose spec was understood. */
export interface Read<Spec> {
  readonly manifest: Manifest;
  readonly spec: Spec;
  readonly tell: Tell;
}

const ImportSpec = z.looseObject({}).default({});

/** Only the addresses of a Service say anything of a target group. */
const ServiceSpec = z
  .looseObject({ ipFamilies: z.array(z.string()).default([]) })
  .default({ ipFamilies: [] });

/** The manifests that something can be made of, by kind. */
export interface Cluster {
  readonly GatewayClass: readonly Read<z.infer<typeof GatewayClassSpec>>[];
  readonly Gateway: readonly Read<GatewaySpec>[];
  readonly HTTPRoute: readonly Read<HttpRouteSpec>[];
  readonly GRPCRoute: readonly Read<GrpcRouteSpec>[];
  readonly Service: readonly Read<z.infer<typeof ServiceSpec>>[];
  readonly ServiceImport: readonly Read<object>[];
  readonly TargetGroupPolicy: readonly Read<TargetGroupPolicySpec>[];
  readonly IAMAuthPolicy: readonly Read<IamAuthPolicySpec>[];
  readonly VpcAssociationPolicy: readonly Read<VpcAssociationPolicySpec>[];
  readonly AccessLogPolicy: readonly Read<AccessLogPolicySpec>[];
}

const gatewayApi = ["gateway.networking.k8s.io"];
const controller = ["application-networking.k8s.aws"];

/** The API groups in which a kind means what is read here: others have a Gateway or a Service of their own. */
const groupsOf: Readonly<Record<keyof Cluster, readonly string[]>> = {
  GatewayClass: gatewayApi,
  Gateway: gatewayApi,
  HTTPRoute: gatewayApi,
  GRPCRoute: gatewayApi,
  Service: [""],
  ServiceImport: [...controller, "multicluster.x-k8s.io"],
  TargetGroupPolicy: controller,
  IAMAuthPolicy: controller,
  VpcAssociationPolicy: controller,
  AccessLogPolicy: controller,
};

/** Whether something can be made of it. A manifest without a version is taken for what its kind says. */
const isKnown = ({ kind, apiVersion, metadata }: Manifest): boolean => {
  if (!Object.hasOwn(groupsOf, kind) || metadata.name === "") return false;
  const group = apiVersion.includes("/") ? apiVersion.replace(/\/.*$/, "") : "";
  return apiVersion === "" || groupsOf[kind as keyof Cluster].includes(group);
};

const reasons: ReadonlyMap<string, string> = new Map([
  ["TLSRoute", "the document has no listeners that pass TLS through"],
  ["TCPRoute", "Lattice's services speak HTTP"],
  ["UDPRoute", "Lattice's services speak HTTP"],
  ["ServiceExport", "it makes a target group for other clusters, and nothing here forwards to that"],
  ["ReferenceGrant", "Lattice knows no namespaces; neither does its controller ask for one"],
]);

/** Sorts manifests by kind, and takes down each that says nothing to Lattice or cannot be understood. */
export function readCluster(manifests: readonly Manifest[], notExpressed: NotExpressed[]): Cluster {
  const known = manifests.filter(isKnown);
  const last = new Map(known.map((manifest) => [keyOfManifest(manifest), manifest]));
  for (const manifest of known) {
    const other = last.get(keyOfManifest(manifest));
    if (other !== undefined && other !== manifest)
      tellInto(notExpressed, manifest).skipped("", `it comes again at ${other.place}`, "the last one holds");
  }
  for (const manifest of manifests.filter((one) => !isKnown(one))) {
    const why = reasons.get(manifest.kind) ?? "nothing of Lattice's is made of such a manifest";
    tellInto(notExpressed, manifest).skipped("", why, "left out");
  }
  const read = <Spec>(kind: keyof Cluster, schema: z.ZodType<Spec>): Read<Spec>[] =>
    [...last.values()]
      .filter((manifest) => manifest.kind === kind)
      .flatMap((manifest) => {
        const tell = tellInto(notExpressed, manifest);
        const spec = understand(manifest, schema, tell);
        return spec === undefined ? [] : [{ manifest, spec, tell }];
      });
  return {
    GatewayClass: read("GatewayClass", GatewayClassSpec),
    Gateway: read("Gateway", GatewaySpec),
    HTTPRoute: read("HTTPRoute", HttpRouteSpec),
    GRPCRoute: read("GRPCRoute", GrpcRouteSpec),
    Service: read("Service", ServiceSpec),
    ServiceImport: read("ServiceImport", ImportSpec),
    TargetGroupPolicy: read("TargetGroupPolicy", TargetGroupPolicySpec),
    IAMAuthPolicy: read("IAMAuthPolicy", IamAuthPolicySpec),
    VpcAssociationPolicy: read("VpcAssociationPolicy", VpcAssociationPolicySpec),
    AccessLogPolicy: read("AccessLogPolicy", AccessLogPolicySpec),
  };
}
