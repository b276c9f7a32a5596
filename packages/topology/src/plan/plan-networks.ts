import { type OwnNetwork, ownNetworks } from "../document/network.ts";
import type { ExistingNetwork, ExistingVpcAssociation } from "../existing.ts";
import { blocked, type Change, ready, refused, unchanged } from "./change.ts";
import { awaitActive, isLeaving, removal } from "./life.ts";
import { planAccessLogs } from "./plan-access-logs.ts";
import { planPolicy } from "./plan-policy.ts";
import { planShare, planShareRemoval, shareAddress } from "./plan-share.ts";
import { adoption, claim, leftOver, mayFill, networkNamed, owns, type Sight, tagsFor } from "./sight.ts";
import type { Write } from "./write.ts";

/** The networks that the document makes, with everything about them but the services in them. */
export function planNetworks(sight: Sight): Change[] {
  return ownNetworks(sight.document.networks).flatMap(([name, wanted]) => {
    const address = addressOf(name);
    const live = networkNamed(sight, name);
    const network = planNetwork(sight, name, wanted, live);
    const ours = live && mayFill(sight, address, live) ? live : undefined;
    // Nothing is planned inside of what is somebody else's.
    if (live && !ours) return [network];
    const holder = { address, label: labelOf(name), live: ours };
    return [
      network,
      ...wanted.vpcs.map((vpc) => planVpc(sight, name, vpc, ours)),
      ...surplusVpcs(sight, name, new Set(wanted.vpcs.map(({ vpc }) => vpc)), ours),
      ...planPolicy(sight, { kind: "network", name }, wanted.policy, ours),
      ...planAccessLogs(sight, holder, wanted.accessLogs),
      ...planShare(sight, holder, wanted.share),
    ];
  });
}

/** Networks that this document made and no longer names, after everything of its own that is associated with them. */
export function planNetworkRemovals(sight: Sight): Change[] {
  return leftOver(sight, sight.existing.networks, sight.document.networks).flatMap((live) => {
    const address = addressOf(live.name);
    const label = labelOf(live.name);
    const strangers = [
      ...live.vpcs.filter((association) => !isOurs(sight, association)).map(({ vpc }) => vpc),
      ...live.services
        .filter((association) => !isOurs(sight, association))
        .map(({ serviceArn }) => serviceArn),
    ];
    if (strangers.length > 0)
      return [
        refused(
          address,
          `is not in the document any more, and others have associated with it: ${strangers.join(", ")}; they have to leave first`,
        ),
      ];
    const after = [
      ...live.vpcs.map(({ vpc }) => `${address}.vpcs.${vpc}`),
      ...live.services.map(({ service }) => `services.${service}.networks.${live.name}`),
      ...(live.share ? [shareAddress(address)] : []),
    ];
    const step = { address, verb: "delete" as const, sentence: `delete ${label}` };
    return [
      ...surplusVpcs(sight, live.name, new Set(), live),
      ...(live.share ? [planShareRemoval({ address, label, live }, live.share)] : []),
      after.length > 0
        ? blocked(step, after)
        : ready(step, { operation: "DeleteServiceNetwork", input: { serviceNetworkIdentifier: live.id } }),
    ];
  });
}

/** Lattice may have dropped the tags of what it is deleting. */
const isOurs = (sight: Sight, association: Parameters<typeof owns>[1] & { readonly status: string }) =>
  owns(sight, association) || isLeaving(association);

const addressOf = (name: string) => `networks.${name}`;
const labelOf = (name: string) => `the network ${name}`;

function planNetwork(
  sight: Sight,
  name: string,
  wanted: OwnNetwork,
  live: ExistingNetwork | undefined,
): Change {
  const address = addressOf(name);
  const label = labelOf(name);
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
  { vpc, securityGroups }: OwnNetwork["vpcs"][number],
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
  const adopted = adoption(sight, address, label, live);
  if (adopted) return adopted;
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
