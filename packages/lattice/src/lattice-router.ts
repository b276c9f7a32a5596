import {
  GetListenerCommand,
  GetRuleCommand,
  paginateListListeners,
  paginateListRules,
  type RuleAction,
  UpdateListenerCommand,
  UpdateRuleCommand,
  type VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";
import type { Forwarding, Place, TrafficRouter } from "@espalier/rollout";
import { found, translated } from "./translated.ts";

/** The weights of a VPC Lattice service. */
export function latticeRouter(client: VPCLatticeClient): TrafficRouter {
  return {
    actions: (service) => translated(actionsOf(client, service.id)),
    write: (service, action) => translated(write(client, service.id, action)),
  };
}

// What is deleted while it is read is not there: a rollout is then to end, not to fail for ever.
async function actionsOf(client: VPCLatticeClient, service: string): Promise<Forwarding[]> {
  const listeners = await found(listenersOf(client, service));
  const perListener = await Promise.all(
    (listeners ?? []).map((listener) => found(actionsIn(client, service, listener))),
  );
  return perListener.flatMap((actions) => actions ?? []);
}

async function listenersOf(client: VPCLatticeClient, service: string): Promise<string[]> {
  const listeners: string[] = [];
  for await (const page of paginateListListeners({ client }, { serviceIdentifier: service })) {
    listeners.push(...(page.items ?? []).flatMap(({ id }) => id ?? []));
  }
  return listeners;
}

async function actionsIn(client: VPCLatticeClient, service: string, listener: string): Promise<Forwarding[]> {
  const at = { serviceIdentifier: service, listenerIdentifier: listener };
  const { defaultAction } = await client.send(new GetListenerCommand(at));
  const actions = forwarding({ type: "default-action", listener }, defaultAction);
  for await (const page of paginateListRules({ client }, at)) {
    for (const { id, isDefault } of page.items ?? []) {
      // The default rule mirrors the default action, and UpdateRule refuses it.
      if (id === undefined || isDefault) continue;
      const rule = await found(client.send(new GetRuleCommand({ ...at, ruleIdentifier: id })));
      actions.push(...forwarding({ type: "rule", listener, rule: id }, rule?.action));
    }
  }
  return actions;
}

function forwarding(place: Place, action: RuleAction | undefined): Forwarding[] {
  const groups = action?.forward?.targetGroups ?? [];
  if (groups.length === 0) return [];
  // A group sent without a weight is stored with 100: Terraform's acceptance tests read that back.
  return [
    {
      place,
      groups: groups.map((group) => ({ id: group.targetGroupIdentifier ?? "", weight: group.weight ?? 100 })),
    },
  ];
}

async function write(
  client: VPCLatticeClient,
  service: string,
  { place, groups }: Forwarding,
): Promise<void> {
  const at = { serviceIdentifier: service, listenerIdentifier: place.listener };
  const targetGroups = groups.map(({ id, weight }) => ({ targetGroupIdentifier: id, weight }));
  const action: RuleAction = { forward: { targetGroups } };
  await (place.type === "default-action"
    ? client.send(new UpdateListenerCommand({ ...at, defaultAction: action }))
    : // Match and priority are left out, which keeps them: sent back, an empty list of header matches would be refused.
      client.send(new UpdateRuleCommand({ ...at, ruleIdentifier: place.rule, action })));
}
