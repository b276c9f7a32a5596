import { VpcId } from "../document/fields.ts";
import { type Attached, keyOf, keyOfManifest, only } from "./attached.ts";
import type { Cluster, Read } from "./cluster.ts";
import type { Origins, WrittenGroup, WrittenHealthCheck } from "./draft.ts";
import { cut, freeName, latticeName, nameRules } from "./lattice-name.ts";
import { annotationOf } from "./manifest.ts";
import type { TargetGroupPolicySpec } from "./policies.ts";
import type { BackendRef } from "./route.ts";

type GroupPolicy = Read<TargetGroupPolicySpec>;

/** Who forwards: a target group serves one Lattice service, so that each route has its own. */
export interface Forwarder {
  readonly key: string;
  readonly name: string;
  readonly namespace: string;
  readonly grpc: boolean;
}

/** The target groups of a document, made as routes ask for them. */
export interface Groups {
  /** The group that a route's backend stands for. */
  of(route: Forwarder, backend: BackendRef): string;
  readonly made: ReadonlyMap<string, WrittenGroup>;
}

/** Makes target groups of type IP, named as the controller begins its names; the cluster registers the targets. */
export function groups(
  cluster: Cluster,
  policies: Attached<TargetGroupPolicySpec>,
  origins: Origins,
  clusterVpc: string,
): Groups {
  const made = new Map<string, WrittenGroup>();
  const names = new Map<string, string>();

  return {
    made,
    of(route, backend) {
      const namespace = backend.namespace ?? route.namespace;
      const target = keyOf(backend.kind, namespace, backend.name);
      const port = backend.port ?? 80;
      const key = `${target}:${port} of ${route.key}`;
      const known = names.get(key);
      if (known !== undefined) return known;
      const policy = policyOf(policies, target);
      const settings = { vpc: vpcOf(cluster, target, clusterVpc), port, ...addressesOf(cluster, target) };
      const group = { ...groupOf(policy, settings, route.grpc), ...healthOf(policy, origins) };
      const plain = latticeName(`k8s-${cut(namespace, 55)}-${cut(backend.name, 55)}`, nameRules.group);
      const ported = latticeName(`${plain}-${port}`, nameRules.group);
      const routed = latticeName(`${plain}-${route.name}`, nameRules.group);
      const name = freeName(new Set(made.keys()), [plain, ported, routed], nameRules.group);
      made.set(name, group);
      names.set(key, name);
      return name;
    },
  };
}

/** A policy of the Service, or of its export, which the group of an import is. */
const policyOf = (policies: Attached<TargetGroupPolicySpec>, target: string): GroupPolicy | undefined =>
  only(policies, target.replace(/^ServiceImport /, "ServiceExport "));

function groupOf(
  policy: GroupPolicy | undefined,
  settings: Pick<WrittenGroup, "vpc" | "port" | "ipAddressType">,
  grpc: boolean,
): WrittenGroup {
  const { protocol, protocolVersion } = policy?.spec ?? { protocol: "HTTP", protocolVersion: "HTTP1" };
  const known = protocol === "HTTP" || protocol === "HTTPS" ? protocol : "HTTP";
  const version = protocolVersion === "HTTP2" ? protocolVersion : "HTTP1";
  if (known !== protocol)
    policy?.tell.approximated("spec.protocol", `${protocol} is for TLS that is passed through`, "HTTP");
  if (version !== protocolVersion && !grpc)
    policy?.tell.approximated("spec.protocolVersion", `${protocolVersion} is not HTTP1 or HTTP2`, "HTTP1");
  return {
    type: "IP",
    ...settings,
    ...(known === "HTTPS" && { protocol: known }),
    ...(grpc ? { protocolVersion: "GRPC" as const } : version === "HTTP2" && { protocolVersion: version }),
    targets: "external",
  };
}

function healthOf(policy: GroupPolicy | undefined, origins: Origins): { healthCheck?: WrittenHealthCheck } {
  const written = policy?.spec.healthCheck;
  if (policy === undefined || written === undefined) return {};
  const { healthyThresholdCount, unhealthyThresholdCount, statusMatch, ...same } = written;
  const healthCheck: WrittenHealthCheck = {
    ...same,
    ...(healthyThresholdCount !== undefined && { healthyThreshold: healthyThresholdCount }),
    ...(unhealthyThresholdCount !== undefined && { unhealthyThreshold: unhealthyThresholdCount }),
    ...(statusMatch !== undefined && { matcher: statusMatch }),
  };
  origins.set(healthCheck, {
    tell: policy.tell,
    field: "spec.healthCheck",
    without: "Lattice's default health check",
  });
  return { healthCheck };
}

/** An import says which VPC its targets are in; everything else is in the cluster's. */
function vpcOf({ ServiceImport }: Cluster, target: string, clusterVpc: string): string {
  const found = ServiceImport.find(({ manifest }) => keyOfManifest(manifest) === target);
  const vpc = found && annotationOf(found.manifest, "aws-vpc");
  return vpc !== undefined && VpcId.safeParse(vpc).success ? vpc : clusterVpc;
}

function addressesOf({ Service }: Cluster, target: string): { ipAddressType?: "IPV6" } {
  const service = Service.find(({ manifest }) => keyOfManifest(manifest) === target);
  const families = service?.spec.ipFamilies ?? [];
  if (families.length > 1)
    service?.tell.approximated(
      "spec.ipFamilies",
      "a target group has addresses of one kind",
      families[0] ?? "",
    );
  return families[0] === "IPv6" ? { ipAddressType: "IPV6" } : {};
}
