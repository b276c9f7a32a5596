import {
  BatchUpdateRuleCommand,
  GetListenerCommand,
  GetRuleCommand,
  paginateListListeners,
  paginateListRules,
  type RuleAction,
  UpdateListenerCommand,
  UpdateRuleCommand,
  type VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";
import {
  type Forwarding,
  MATCH_PREFIX,
  type Place,
  type TrafficRouter,
  Unavailable,
} from "@espalier/rollout";
import { found, translated } from "./translated.ts";

/** The weights of a VPC Lattice service. */
export function latticeRouter(client: VPCLatticeClient): TrafficRouter {
  return {
    actions: (service) => translated(actionsOf(client, service.id)),
    parts: partsOf,
    write: (service, part) => translated(write(client, service.id, part)),
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
    for (const { id, name, isDefault } of page.items ?? []) {
      // The default rule mirrors the default action, and UpdateRule refuses it.
      if (id === undefined || isDefault || name?.startsWith(MATCH_PREFIX)) continue;
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

// https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_BatchUpdateRule.html
const MOST_IN_BATCH = 10;

/** The rules of a listener go together; a default action goes alone. */
function partsOf(actions: readonly Forwarding[]): Forwarding[][] {
  const parts: Forwarding[][] = [];
  for (const action of actions) {
    const part = parts.find((one) => one.length < MOST_IN_BATCH && one.every(together(action)));
    if (part === undefined) parts.push([action]);
    else part.push(action);
  }
  return parts;
}

const together =
  ({ place: one }: Forwarding) =>
  ({ place: other }: Forwarding) =>
    one.type === "rule" && other.type === "rule" && one.listener === other.listener;

async function write(client: VPCLatticeClient, service: string, part: readonly Forwarding[]): Promise<void> {
  const [first, ...more] = part;
  if (first === undefined) return;
  const at = { serviceIdentifier: service, listenerIdentifier: first.place.listener };
  if (first.place.type === "default-action") {
    await client.send(new UpdateListenerCommand({ ...at, defaultAction: ruleAction(first) }));
  } else if (more.length === 0) {
    await client.send(new UpdateRuleCommand({ ...at, ...ruleUpdate(first) }));
  } else {
    const { unsuccessful = [] } = await client.send(
      new BatchUpdateRuleCommand({ ...at, rules: part.map(ruleUpdate) }),
    );
    const [failed] = unsuccessful;
    if (failed === undefined) return;
    throw new Unavailable(
      `${unsuccessful.length} of ${part.length} rules could not be written: ${failed.ruleIdentifier}, ${failed.failureCode} ${failed.failureMessage}`,
    );
  }
}

// Match and priority are left out, which keeps them: sent back, an empty list of header matches would be refused.
const ruleUpdate = (action: Forwarding) => ({
  ruleIdentifier: action.place.type === "rule" ? action.place.rule : undefined,
  action: ruleAction(action),
});

const ruleAction = ({ groups }: Forwarding): RuleAction => ({
  forward: { targetGroups: groups.map(({ id, weight }) => ({ targetGroupIdentifier: id, weight })) },
});
