import { groupsOf } from "../document/action.ts";
import type { Listener } from "../document/listener.ts";
import { ownNetworks } from "../document/network.ts";
import { groupNamed, networkNamed, owns, type Sight, serviceNamed } from "../plan/sight.ts";
import type { Warning } from "../plan/warning.ts";
import { type Quota, quotas } from "./quotas.ts";

/**
 * Where the document asks for more than Lattice's defaults allow, counting what others have there. What exists
 * already was allowed: a quota that is told is one that something is yet to be created under. They have to be confirmed,
 * since an apply would stop half-way unless the quota was raised.
 */
export function exceededQuotas(sight: Sight): Warning[] {
  return [...inRegion(sight), ...inNetworks(sight), ...inServices(sight), ...inGroups(sight)];
}

/** `now`: how many there are; `then`: how many there are to be. */
function exceeded(quota: Quota, address: string, now: number, then: number): Warning[] {
  if (then <= quota.most || then <= now) return [];
  const sentence = `makes ${then} ${quota.what}; Lattice allows ${quota.most} unless more were granted (Service Quotas, ${quota.code})`;
  return [{ address, sentence, confirm: true }];
}

function inRegion(sight: Sight): Warning[] {
  const { document, existing } = sight;
  const own = { ...document, networks: Object.fromEntries(ownNetworks(document.networks)) };
  return (["networks", "services", "targetGroups"] as const).flatMap((kind) => {
    const live = existing[kind];
    const staying = live.filter((thing) => !owns(sight, thing) && !Object.hasOwn(own[kind], thing.name));
    const others = existing.elsewhere[kind];
    const wanted = Object.keys(own[kind]).length + staying.length;
    return exceeded(quotas[kind], kind, others + live.length, others + wanted);
  });
}

function inNetworks(sight: Sight): Warning[] {
  return ownNetworks(sight.document.networks).flatMap(([name, { vpcs }]) => {
    const live = networkNamed(sight, name);
    const joining = Object.entries(sight.document.services).filter(([, { networks }]) =>
      networks.includes(name),
    );
    const strangers = live?.services.filter((association) => !owns(sight, association)) ?? [];
    const foreignVpcs = live?.vpcs.filter((association) => !owns(sight, association)) ?? [];
    const address = `networks.${name}`;
    return [
      ...exceeded(
        quotas.serviceAssociations,
        address,
        live?.services.length ?? 0,
        joining.length + strangers.length,
      ),
      ...exceeded(quotas.vpcAssociations, address, live?.vpcs.length ?? 0, vpcs.length + foreignVpcs.length),
    ];
  });
}

function inServices(sight: Sight): Warning[] {
  return Object.entries(sight.document.services).flatMap(([name, { listeners }]) => {
    const live = serviceNamed(sight, name);
    const address = `services.${name}`;
    const others =
      live?.listeners.filter((one) => !owns(sight, one) && !Object.hasOwn(listeners, one.name)) ?? [];
    const groups = new Set(Object.values(listeners).flatMap(groupsOfListener));
    const before = () =>
      sight.existing.targetGroups.filter(({ usedBy }) => live && usedBy.includes(live.arn)).length;
    return [
      ...exceeded(
        quotas.listeners,
        address,
        live?.listeners.length ?? 0,
        Object.keys(listeners).length + others.length,
      ),
      ...(groups.size > quotas.groupsOfService.most
        ? exceeded(quotas.groupsOfService, address, before(), groups.size)
        : []),
      ...Object.entries(listeners).flatMap(([listener, { rules }]) => {
        const present = live?.listeners.find((one) => one.name === listener)?.rules ?? [];
        const names = new Set(rules.map((rule) => rule.name));
        const strangers = present.filter((rule) => !owns(sight, rule) && !names.has(rule.name));
        return exceeded(
          quotas.rules,
          `${address}.listeners.${listener}`,
          present.length,
          rules.length + strangers.length,
        );
      }),
    ];
  });
}

const groupsOfListener = ({ defaultAction, rules }: Listener): string[] => [
  ...groupsOf(defaultAction),
  ...rules.flatMap(({ action }) => groupsOf(action)),
];

function inGroups(sight: Sight): Warning[] {
  return Object.entries(sight.document.targetGroups).flatMap(([name, { targets }]) => {
    if (targets === "external") return [];
    const now = groupNamed(sight, name)?.targets.length ?? 0;
    return exceeded(quotas.targets, `targetGroups.${name}.targets`, now, targets.length);
  });
}
