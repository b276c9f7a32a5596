import type { Existing, ExistingListener, ExistingService, LatticeAction } from "../existing.ts";
import { changed, without } from "./changed.ts";
import type { Folds } from "./fold-write.ts";
import { withService } from "./service-folds.ts";

type Operation =
  | "CreateListener"
  | "UpdateListener"
  | "DeleteListener"
  | "CreateRule"
  | "UpdateRule"
  | "DeleteRule";

interface ListenerIds {
  readonly serviceIdentifier: string;
  readonly listenerIdentifier: string;
}

/** Changes a service's routes, and who uses the target groups that they name or named. */
function withRoutes(
  existing: Existing,
  id: string,
  change: (service: ExistingService) => ExistingService,
): Existing {
  const before = existing.services.find((service) => service.id === id);
  if (before === undefined) return existing;
  const after = change(before);
  const next = withService(existing, id, () => after);
  const [were, are] = [groupsNamed(before), groupsNamed(after)];
  if (were.size === are.size && [...were].every((group) => are.has(group))) return next;
  const targetGroups = existing.targetGroups.map((group) => {
    if (were.has(group.id) === are.has(group.id)) return group;
    const others = group.usedBy.filter((arn) => arn !== after.arn);
    return { ...group, usedBy: are.has(group.id) ? [...others, after.arn] : others };
  });
  return { ...next, targetGroups };
}

const withListener = (
  existing: Existing,
  { serviceIdentifier, listenerIdentifier }: ListenerIds,
  change: (listener: ExistingListener) => ExistingListener,
): Existing =>
  withRoutes(existing, serviceIdentifier, (service) => ({
    ...service,
    listeners: changed(service.listeners, listenerIdentifier, change),
  }));

/** Ids of the target groups that a service forwards to, with whatever weight. */
function groupsNamed({ listeners }: ExistingService): Set<string> {
  const actions = listeners.flatMap(({ defaultAction, rules }): LatticeAction[] => [
    defaultAction,
    ...rules.map(({ action }) => action),
  ]);
  return new Set(
    actions.flatMap((action) =>
      "forward" in action ? action.forward.targetGroups.map((group) => group.targetGroupIdentifier) : [],
    ),
  );
}

/** Listeners and rules. */
export const routeFolds: Folds<Operation> = {
  CreateListener: (existing, { serviceIdentifier, ...input }, { id, arn }) =>
    withRoutes(existing, serviceIdentifier, (service) => ({
      ...service,
      listeners: [...service.listeners, { id, arn, ...input, rules: [] }],
    })),

  UpdateListener: (existing, { defaultAction, ...ids }) =>
    withListener(existing, ids, (listener) => ({ ...listener, defaultAction })),

  DeleteListener: (existing, { serviceIdentifier, listenerIdentifier }) =>
    withRoutes(existing, serviceIdentifier, (service) => ({
      ...service,
      listeners: without(service.listeners, listenerIdentifier),
    })),

  CreateRule: (existing, { serviceIdentifier, listenerIdentifier, ...input }, { id, arn }) =>
    withListener(existing, { serviceIdentifier, listenerIdentifier }, (listener) => ({
      ...listener,
      rules: [...listener.rules, { id, arn, ...input }],
    })),

  UpdateRule: (existing, { ruleIdentifier, priority, match, action, ...ids }) =>
    withListener(existing, ids, (listener) => ({
      ...listener,
      rules: changed(listener.rules, ruleIdentifier, (rule) => ({
        ...rule,
        priority: priority ?? rule.priority,
        match: match ?? rule.match,
        action: action ?? rule.action,
      })),
    })),

  DeleteRule: (existing, { ruleIdentifier, ...ids }) =>
    withListener(existing, ids, (listener) => ({
      ...listener,
      rules: without(listener.rules, ruleIdentifier),
    })),
};
