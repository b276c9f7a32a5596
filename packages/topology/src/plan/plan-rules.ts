import type { Rule } from "../document/listener.ts";
import type { Service } from "../document/service.ts";
import type { ExistingListener, ExistingRule, ExistingService } from "../existing.ts";
import { blocked, type Change, ready, refused, unchanged } from "./change.ts";
import { freePriority } from "./free-priority.ts";
import { keepWeights, nothingLeft, sameAction } from "./keep-weights.ts";
import { latticeMatch, sameMatch } from "./lattice-shape.ts";
import { type Missing, wantedAction, writable } from "./plan-action.ts";
import { claim, leftOver, type Sight, tagsFor } from "./sight.ts";

/** The rules of a listener, except its default. `listener` is undefined until it exists and is ours. */
export function planRules(
  sight: Sight,
  listenerAddress: string,
  rules: readonly Rule[],
  service: ExistingService | undefined,
  listener: ExistingListener | undefined,
  missing: Missing,
  weights: Service["weights"],
): Change[] {
  if (!service || !listener)
    return rules.map((rule) => blocked(creation(listenerAddress, rule), [listenerAddress]));
  const place: Place = { sight, address: listenerAddress, rules, service, listener, missing, weights };
  const surplus = leftOver(sight, listener.rules, Object.fromEntries(rules.map((rule) => [rule.name, rule])));
  return [
    ...rules.map((rule) => {
      const live = listener.rules.find(({ name }) => name === rule.name);
      return live ? planLive(place, rule, live) : planNew(place, rule);
    }),
    ...surplus.map((live) => planRemoval(place, live)),
  ];
}

interface Place {
  readonly sight: Sight;
  readonly address: string;
  readonly rules: readonly Rule[];
  readonly service: ExistingService;
  readonly listener: ExistingListener;
  readonly missing: Missing;
  readonly weights: Service["weights"];
}

const addressOf = (listenerAddress: string, name: string) => `${listenerAddress}.rules.${name}`;

const creation = (listenerAddress: string, { name, priority }: Rule, locks: readonly string[] = []) => ({
  address: addressOf(listenerAddress, name),
  verb: "create" as const,
  sentence: `create the rule ${name} of ${listenerAddress}, priority ${priority}`,
  locks,
});

function planNew(place: Place, rule: Rule): Change {
  const step = creation(place.address, rule, [place.service.arn]);
  const action = wantedAction(place.sight, rule.action, place.missing);
  const holder = place.listener.rules.find(({ priority }) => priority === rule.priority);
  if (!action.ready || holder)
    return blocked(step, [
      ...(action.ready ? [] : action.after),
      ...(holder ? [addressOf(place.address, holder.name)] : []),
    ]);
  return ready(step, {
    operation: "CreateRule",
    input: {
      serviceIdentifier: place.service.id,
      listenerIdentifier: place.listener.id,
      name: rule.name,
      priority: rule.priority,
      match: latticeMatch(rule.match),
      action: writable(action.action),
      tags: tagsFor(place.sight),
    },
  });
}

/** A new priority is taken in a step of its own, since another rule may have to leave it first. */
function planLive(place: Place, rule: Rule, live: ExistingRule): Change {
  const address = addressOf(place.address, rule.name);
  const label = `the rule ${rule.name} of ${place.address}`;
  const locks = [place.service.arn];
  const claimed = claim(place.sight, address, label, live, {}, locks);
  if (claimed) return claimed;
  const ids = {
    serviceIdentifier: place.service.id,
    listenerIdentifier: place.listener.id,
    ruleIdentifier: live.id,
  };
  const action = wantedAction(place.sight, rule.action, place.missing);
  const merged = keepWeights(action.action, live.action, place.weights);
  if (merged === "empty") return refused(address, nothingLeft);
  const was = writable(live.action);
  if (live.priority !== rule.priority) {
    const free = freePriority(rule, live, place.listener.rules, place.rules);
    const sentence = `move ${label} from priority ${live.priority} to ${free.priority ?? rule.priority}`;
    const step = { address, verb: "update" as const, sentence, locks };
    if (free.priority === undefined) return blocked(step, [addressOf(place.address, free.holder)]);
    return ready(step, { operation: "UpdateRule", input: { ...ids, priority: free.priority }, was });
  }
  const step = { address, verb: "update" as const, sentence: `change ${label}`, locks };
  if (!action.ready) return blocked(step, action.after);
  const match = latticeMatch(rule.match);
  const differing = {
    ...(!sameMatch(match, live.match) && { match }),
    ...(!sameAction(merged, live.action) && { action: writable(merged) }),
  };
  if (Object.keys(differing).length === 0) return unchanged(address, `${label} is as written`);
  const sentence = `change the ${Object.keys(differing).join(" and the ")} of ${label}`;
  return ready({ ...step, sentence }, { operation: "UpdateRule", input: { ...ids, ...differing }, was });
}

function planRemoval(place: Place, live: ExistingRule): Change {
  return ready(
    {
      address: addressOf(place.address, live.name),
      verb: "delete",
      sentence: `delete the rule ${live.name} of ${place.address}`,
      locks: [place.service.arn],
    },
    {
      operation: "DeleteRule",
      input: {
        serviceIdentifier: place.service.id,
        listenerIdentifier: place.listener.id,
        ruleIdentifier: live.id,
      },
    },
  );
}
