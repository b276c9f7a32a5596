import * as z from "zod";
import type { Existing } from "../existing.ts";
import { changed, without } from "./changed.ts";
import { withMember, withVpc } from "./network-folds.ts";

const id = z.string();
const status = z.string();

/** Something that Lattice is at, as one of its lists has it now. `gone`: no list has it any more. */
export const Life = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("service"), id, status, domainName: z.string() }),
  z.strictObject({ kind: z.literal("target-group"), id, status, usedBy: z.array(z.string()) }),
  z.strictObject({ kind: z.literal("vpc-association"), id, status }),
  z.strictObject({ kind: z.literal("service-association"), id, status }),
  z.strictObject({
    kind: z.literal("targets"),
    id,
    targets: z.array(z.strictObject({ id, port: z.int().optional(), status })),
  }),
  z.strictObject({ kind: z.literal("gone"), id }),
]);
export type Life = z.infer<typeof Life>;

/** What has to be looked at again. An association is listed by its network, targets by their group. */
export type Watched =
  | { readonly kind: "service" | "target-group" | "targets"; readonly id: string }
  | {
      readonly kind: "vpc-association" | "service-association";
      readonly id: string;
      /** Its ARN: another account's network has no id here. */
      readonly network: string;
    };

/** What of it is still on its way to be made, changed or deleted. */
export function watched({ networks, otherNetworks, services, targetGroups }: Existing): Watched[] {
  const under = <Thing extends { readonly id: string; readonly status: string }>(things: readonly Thing[]) =>
    things.filter((thing) => thing.status.endsWith("_IN_PROGRESS")).map((thing) => thing.id);
  return [
    ...under(services).map((service): Watched => ({ kind: "service", id: service })),
    ...under(targetGroups).map((group): Watched => ({ kind: "target-group", id: group })),
    ...networks.flatMap((network) =>
      under(network.vpcs).map((one): Watched => ({ kind: "vpc-association", id: one, network: network.arn })),
    ),
    ...[...networks, ...otherNetworks].flatMap((network) =>
      under(network.services).map(
        (one): Watched => ({ kind: "service-association", id: one, network: network.arn }),
      ),
    ),
    ...targetGroups
      .filter(({ targets }) => targets.length > 0 && targets.every((target) => target.status === "DRAINING"))
      .map((group): Watched => ({ kind: "targets", id: group.id })),
  ];
}

/** What is known once things were looked at again. What nobody looked at is the same object as before. */
export const foldLives = (existing: Existing, lives: readonly Life[]): Existing =>
  lives.reduce(foldLife, existing);

function foldLife(existing: Existing, life: Life): Existing {
  const { services, targetGroups } = existing;
  switch (life.kind) {
    case "service": {
      const { domainName } = life;
      const now = changed(services, life.id, (one) => ({
        ...one,
        status: life.status,
        domainName: domainName || one.domainName,
      }));
      return { ...existing, services: now };
    }
    case "target-group": {
      const now = changed(targetGroups, life.id, (one) => ({
        ...one,
        status: life.status,
        usedBy: life.usedBy,
      }));
      return { ...existing, targetGroups: now };
    }
    case "targets": {
      const targets = life.targets.map((target) => ({ ...target, port: target.port }));
      return { ...existing, targetGroups: changed(targetGroups, life.id, (one) => ({ ...one, targets })) };
    }
    case "vpc-association":
      return withVpc(existing, life.id, (one) => ({ ...one, status: life.status }));
    case "service-association":
      return withMember(existing, life.id, (one) => ({ ...one, status: life.status }));
    case "gone":
      return forget(existing, life.id);
  }
}

/** Nobody is associated with or forwards to what is gone. */
function forget(existing: Existing, gone: string): Existing {
  const service = existing.services.find((one) => one.id === gone);
  const unused = <Group extends { readonly usedBy: readonly string[] }>(group: Group): Group =>
    service !== undefined && group.usedBy.includes(service.arn)
      ? { ...group, usedBy: group.usedBy.filter((arn) => arn !== service.arn) }
      : group;
  return {
    ...existing,
    networks: existing.networks.map((network) => ({
      ...network,
      vpcs: without(network.vpcs, gone),
      services: without(network.services, gone),
    })),
    otherNetworks: existing.otherNetworks.map((network) => ({
      ...network,
      services: without(network.services, gone),
    })),
    services: without(existing.services, gone),
    targetGroups: without(existing.targetGroups, gone).map(unused),
  };
}
