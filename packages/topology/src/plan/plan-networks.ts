import type { Network } from "../document/network.ts";
import type { ExistingNetwork, ExistingVpcAssociation } from "../existing.ts";
import { blocked, type Change, ready, refused, unchanged } from "./change.ts";
import { awaitActive, isLeaving, removal } from "./life.ts";
import { planPolicy } from "./plan-policy.ts";
import { claim, leftOver, networkNamed, owns, type Sight, tagsFor } from "./sight.ts";
import type { Write } from "./write.ts";

/** The networks of the document, their policies and the VPCs associated with them. */
export function planNetworks(sight: Sight): Change[] {
  return Object.entries(sight.document.networks).flatMap(([name, wanted]) => {
    const address = addressOf(name);
    const live = networkNamed(sight, name);
    const network = planNetwork(sight, name, wanted, live);
    const ours = live && owns(sight, live) ? live : undefined;
    return [
      network,
      ...wanted.vpcs.map((vpc) => planVpc(sight, name, vpc, ours)),
      ...surplusVpcs(sight, name, new Set(wanted.vpcs.map(({ vpc }) => vpc)), ours),
      ...planPolicy(sight, address, `the network ${name}`, wanted.policy, ours),
    ];
  });
}

/** Networks that this document made and no longer names, after everything that is associated with them. */
export function planNetworkRemovals(sight: Sight): Change[] {
  return leftOver(sight, sight.existing.networks, sight.document.networks).flatMap((live) => {
    const address = addressOf(live.name);
    const after = [
      ...live.vpcs.map(({ vpc }) => `${address}.vpcs.${vpc}`),
      ...live.services.map(({ service }) => `services.${service}.networks.${live.name}`),
    ];
    const step = { address, verb: "delete" as const, sentence: `delete the network ${live.name}` };
    return [
      ...surplusVpcs(sight, live.name, new Set(), live),
      after.length > 0
        ? blocked(step, after)
        : ready(step, { operation: "DeleteServiceNetwork", input: { serviceNetworkIdentifier: live.id } }),
    ];
  });
}

const addressOf = (name: string) => `networks.${name}`;

function planNetwork(sight: Sight, name: string, wanted: Network, live: ExistingNetwork | undefined): Change {
  const address = addressOf(name);
  const label = `the network ${name}`;
  const authType = wanted.authType;
  if (!live)
    return ready(
      { address, verb: "create", sentence: `create ${label}, authType ${authType}` },
      { operation: "CreateServiceNetwork", input: { name, authType, tags: tagsFor(sight, wanted.tags) } },
    );
  const claimed = claim(sight, address, label, live, wanted.tags);
  if (claimed) return claimed;
  if (live.authType === authType) return unchanged(address, `${label} is as written`);
  const sentence = `change the authType of ${label} from ${live.authType} to ${authType}`;
  return ready(
    { address, verb: "update", sentence },
    { operation: "UpdateServiceNetwork", input: { serviceNetworkIdentifier: live.id, authType } },
  );
}

function planVpc(
  sight: Sight,
  name: string,
  { vpc, securityGroups }: Network["vpcs"][number],
  network: ExistingNetwork | undefined,
): Change {
  const address = `${addressOf(name)}.vpcs.${vpc}`;
  const label = `the association of ${vpc} with ${name}`;
  const live = network?.vpcs.find((association) => association.vpc === vpc);
  const associate = {
    address,
    verb: "create" as const,
    sentence: `associate ${vpc} with the network ${name}`,
  };
  if (!network) return blocked(associate, [addressOf(name)]);
  if (!live)
    return ready(associate, {
      operation: "CreateServiceNetworkVpcAssociation",
      input: {
        serviceNetworkIdentifier: network.id,
        vpcIdentifier: vpc,
        ...(securityGroups.length > 0 && { securityGroupIds: securityGroups }),
        tags: tagsFor(sight),
      },
    });
  const same = [...securityGroups].sort().join() === [...live.securityGroups].sort().join();
  if (!owns(sight, live))
    return same
      ? unchanged(address, `${label} is there, made by somebody else`)
      : refused(
          address,
          `has other security groups, and ${label} was made by somebody else: change it there`,
        );
  const busy = awaitActive(address, label, live, dissociate(live));
  if (busy) return busy;
  if (same) return unchanged(address, `${label} is as written`);
  // Lattice does not take the last security group away from an association.
  if (securityGroups.length === 0)
    return ready(
      { address, verb: "replace", sentence: `replace ${label}, without security groups` },
      dissociate(live),
    );
  return ready(
    { address, verb: "update", sentence: `change the security groups of ${label}` },
    {
      operation: "UpdateServiceNetworkVpcAssociation",
      input: { serviceNetworkVpcAssociationIdentifier: live.id, securityGroupIds: securityGroups },
    },
  );
}

function surplusVpcs(
  sight: Sight,
  name: string,
  wanted: ReadonlySet<string>,
  network: ExistingNetwork | undefined,
): Change[] {
  return (network?.vpcs ?? [])
    .filter((live) => !wanted.has(live.vpc) && (owns(sight, live) || isLeaving(live)))
    .map((live) =>
      removal(
        `${addressOf(name)}.vpcs.${live.vpc}`,
        `the association of ${live.vpc} with ${name}`,
        live,
        [],
        dissociate(live),
      ),
    );
}

const dissociate = (live: ExistingVpcAssociation): Write => ({
  operation: "DeleteServiceNetworkVpcAssociation",
  input: { serviceNetworkVpcAssociationIdentifier: live.id },
});
