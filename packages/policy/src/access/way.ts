import type { GuardedNetwork, GuardedService, Premises } from "./premises.ts";

/** A network that a service is called through, and the VPC that a caller enters it from, where one is associated. */
export interface Way {
  readonly network: GuardedNetwork;
  readonly vpc: GuardedNetwork["vpcs"][number] | undefined;
}

/** All ways to a service; only those from one VPC where that is given, which may be in a network that is not shown whole. */
export function waysTo(premises: Premises, service: Pick<GuardedService, "arn">, fromVpc?: string): Way[] {
  return premises.networks
    .filter(({ services }) => services.includes(service.arn))
    .flatMap((network): Way[] => {
      const vpcs = network.vpcs.filter(({ id }) => fromVpc === undefined || id === fromVpc);
      if (vpcs.length > 0) return vpcs.map((vpc) => ({ network, vpc }));
      if (fromVpc === undefined) return [{ network, vpc: undefined }];
      return network.guard.type === "unknown" ? [{ network, vpc: { id: fromVpc } }] : [];
    });
}
