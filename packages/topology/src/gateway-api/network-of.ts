import { type Attached, keyOfManifest, only } from "./attached.ts";
import { authOf } from "./auth-of.ts";
import type { Read } from "./cluster.ts";
import type { Origins, WrittenNetwork } from "./draft.ts";
import type { GatewaySpec } from "./gateway.ts";
import { latticeName, nameRules } from "./lattice-name.ts";
import { logsOf } from "./logs-of.ts";
import type { AccessLogPolicySpec, IamAuthPolicySpec, VpcAssociationPolicySpec } from "./policies.ts";

/** The policies that Gateways and routes may have. */
export interface Policies {
  readonly auth: Attached<IamAuthPolicySpec>;
  readonly vpc: Attached<VpcAssociationPolicySpec>;
  readonly logs: Attached<AccessLogPolicySpec>;
}

type Gateways = readonly Read<GatewaySpec>[];

/** A Gateway's network has its name, as far as Lattice takes it. */
export const networkName = (gateway: string): string => latticeName(gateway, nameRules.network);

/** The service networks that Gateways stand for. Those of one name are one network, whatever their namespaces. */
export function networksOf(
  gateways: Gateways,
  policies: Policies,
  clusterVpc: string,
  origins: Origins,
): Map<string, WrittenNetwork | "external"> {
  const byName = Map.groupBy(gateways, ({ manifest }) => networkName(manifest.metadata.name));
  for (const [network, ones] of byName)
    for (const { manifest, tell } of ones)
      if (manifest.metadata.name !== network)
        tell.approximated(
          "metadata.name",
          `${manifest.metadata.name} is no name of a service network in Lattice`,
          `the network is called ${network}`,
        );
  return new Map(
    [...byName].map(([network, ones]) => [network, networkOf(ones, policies, clusterVpc, origins)]),
  );
}

function networkOf(
  gateways: Gateways,
  policies: Policies,
  clusterVpc: string,
  origins: Origins,
): WrittenNetwork {
  const keys = gateways.map(({ manifest }) => keyOfManifest(manifest));
  const vpcs = keys.flatMap((key) => {
    const policy = only(policies.vpc, key);
    if (policy === undefined || !policy.spec.associateWithVpc) return [];
    const { securityGroupIds } = policy.spec;
    const association = {
      vpc: clusterVpc,
      ...(securityGroupIds.length > 0 && { securityGroups: securityGroupIds }),
    };
    origins.set(association, { tell: policy.tell, field: "spec", without: "the VPC is not associated" });
    return [association];
  });
  const accessLogs = logsOf(policies.logs, keys);
  return {
    ...authOf(policies.auth, keys, origins),
    ...(vpcs.length > 0 && { vpcs }),
    ...(accessLogs.length > 0 && { accessLogs }),
  };
}
