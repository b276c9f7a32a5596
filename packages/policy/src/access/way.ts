import type { GuardedNetwork, GuardedService, Premises } from "./premises.ts";

/** A network that a service is called through, and the VPC that a caller enters it from, where one is associated. */
export interface Way {
  readonly network: GuardedNetwork;
  readonly vpc: GuardedNetwork["vpcs"][number] | undefined;
}

/** All ways to a service; only those from one VPC where that is given. */
export function waysTo(premises: Premises, service: Pick<GuardedService, "arn">, fromVpc?: string): Way[] {
  return premises.networks
    .filter(({ services }) => services.includes(service.arn))
    .flatMap((network): Way[] =>
      network.vpcs.length === 0 && fromVpc === undefined
        ? [{ network, vpc: undefined }]
        : network.vpcs
            .filter(({ id }) => fromVpc === undefined || id === fromVpc)
            .map((vpc) => ({ network, vpc })),
    );
}
