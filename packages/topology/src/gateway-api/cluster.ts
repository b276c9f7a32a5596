import * as z from "zod";
import { placeOf } from "../problem.ts";
import { keyOfManifest } from "./attached.ts";
import { GatewayClassSpec, GatewaySpec } from "./gateway.ts";
import { annotationPrefix, type Manifest } from "./manifest.ts";
import { type NotExpressed, type Tell, tellInto } from "./not-expressed.ts";
import {
  AccessLogPolicySpec,
  IamAuthPolicySpec,
  TargetGroupPolicySpec,
  VpcAssociationPolicySpec,
} from "./policies.ts";
import { GrpcRouteSpec, HttpRouteSpec } from "./route.ts";
import { unread } from "./unread.ts";

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

const reasons = new Map([
  ["TLSRoute", "the document has no listeners that pass TLS through"],
  ["TCPRoute", "Lattice's services speak HTTP"],
  ["UDPRoute", "Lattice's services speak HTTP"],
  ["ServiceExport", "it makes a target group for other clusters, and nothing here forwards to that"],
  ["ReferenceGrant", "Lattice knows no namespaces; neither does its controller ask for one"],
]);

/** Sorts manifests by kind, and takes down each that says nothing to Lattice or cannot be understood. */
export function readCluster(manifests: readonly Manifest[], notExpressed: NotExpressed[]): Cluster {
  const last = new Map(manifests.map((manifest) => [keyOfManifest(manifest), manifest]));
  for (const manifest of manifests) {
    const other = last.get(keyOfManifest(manifest));
    if (other !== undefined && other !== manifest)
      tellInto(notExpressed, manifest).skipped("", `it comes again at ${other.place}`, "the last one holds");
  }
  const read = <Spec>(kind: keyof Cluster, schema: z.ZodType<Spec>): Read<Spec>[] =>
    [...last.values()]
      .filter((manifest) => manifest.kind === kind)
      .flatMap((manifest) => {
        const tell = tellInto(notExpressed, manifest);
        const spec = understand(manifest, schema, tell);
        return spec === undefined ? [] : [{ manifest, spec, tell }];
      });
  const cluster: Cluster = {
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
  for (const manifest of [...last.values()].filter(({ kind }) => !Object.hasOwn(cluster, kind)))
    tellInto(notExpressed, manifest).skipped(
      "",
      reasons.get(manifest.kind) ?? "nothing of Lattice's is made of such a manifest",
      "left out",
    );
  return cluster;
}

function understand<Spec>(manifest: Manifest, schema: z.ZodType<Spec>, tell: Tell): Spec | undefined {
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
  for (const field of unread(manifest.spec, parsed.data))
    tell.skipped(field, "neither Lattice nor the document has it", "left out");
  for (const name of Object.keys(manifest.metadata.annotations))
    if (name.startsWith(annotationPrefix) && !understood.test(name.slice(annotationPrefix.length)))
      tell.skipped(`metadata.annotations["${name}"]`, "the document has no word for it", "left out");
  return parsed.data;
}

/** Annotations that are read, those that the controller writes itself, and those that say what becomes of the service. */
const understood =
  /^(service-name-override|standalone|tags|aws-vpc|aws-eks-cluster-name|export-name|lattice-assigned-domain-name|lattice-service-arn|accessLogSubscription|resourceArn|iam-auth-policy.*)$/;
