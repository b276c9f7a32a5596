import type { Existing } from "../existing.ts";

type Tags = Readonly<Record<string, string>>;

/** Adds tags to whatever has this ARN, however deep it lies. What does not lead to it stays the same object. */
export function withTags(existing: Existing, arn: string, tags: Tags): Existing {
  const tag = <Thing extends { readonly arn: string; readonly tags: Tags }>(thing: Thing): Thing =>
    thing.arn === arn ? { ...thing, tags: { ...thing.tags, ...tags } } : thing;
  return {
    ...existing,
    networks: mapped(existing.networks, (network) =>
      inside(tag(network), {
        vpcs: mapped(network.vpcs, tag),
        services: mapped(network.services, tag),
        accessLogs: mapped(network.accessLogs, tag),
      }),
    ),
    otherNetworks: mapped(existing.otherNetworks, (network) =>
      inside(network, { services: mapped(network.services, tag) }),
    ),
    services: mapped(existing.services, (service) =>
      inside(tag(service), {
        accessLogs: mapped(service.accessLogs, tag),
        listeners: mapped(service.listeners, (listener) =>
          inside(tag(listener), { rules: mapped(listener.rules, tag) }),
        ),
      }),
    ),
    targetGroups: mapped(existing.targetGroups, tag),
  };
}

/** As map; the same list where every item stayed the same. */
function mapped<Item>(items: readonly Item[], change: (item: Item) => Item): readonly Item[] {
  const next = items.map(change);
  return next.some((item, at) => item !== items[at]) ? next : items;
}

/** The thing with these lists in it; the same thing where it has them already. */
function inside<Thing extends object>(thing: Thing, lists: Partial<Thing>): Thing {
  const same = Object.entries(lists).every(([key, list]) => thing[key as keyof Thing] === list);
  return same ? thing : { ...thing, ...lists };
}
