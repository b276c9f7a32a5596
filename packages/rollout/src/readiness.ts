import { type Forwarding, type Pair, placeName, weightOf } from "./forwarding.ts";
import type { Named } from "./rollout-event.ts";
import { shareProblem } from "./share.ts";
import { stepsOf } from "./strategy/steps-of.ts";
import type { Strategy } from "./strategy/strategy.ts";
import type { TargetGroup } from "./traffic-router.ts";
import { type Weight, weightOfShare } from "./weight.ts";

/** Lattice forwards to at most this many target groups in one action. */
const MOST_GROUPS = 10;

/** The group that the actions give the largest weight, whichever it is; undefined if they forward to none. */
export function largestGroup(actions: readonly Forwarding[]): string | undefined {
  return [...totals(actions)].sort(([, one], [, other]) => other - one)[0]?.[0];
}

/** The actions that a rollout writes: those that send the stable group, or both, any traffic. */
export function actionsOf(actions: readonly Forwarding[], { candidate, stable }: Pair): Forwarding[] {
  return actions.filter((action) => {
    const has = action.groups.some(({ id }) => id === stable);
    return has && weightOf(action, stable) + weightOf(action, candidate) > 0;
  });
}

/** What a rollout is about to be made of. */
export interface Prospect {
  readonly service: Named;
  readonly candidate: TargetGroup;
  readonly stable: TargetGroup;
  /** Every action of the service that forwards. It would write some of them only: `actionsOf`. */
  readonly actions: readonly Forwarding[];
  readonly strategy: Strategy;
  readonly managedBy?: string | undefined;
}

/** Why this rollout cannot run, a sentence each that says what would do; none if it can. */
export function readinessProblems(prospect: Prospect): string[] {
  return [
    ...managed(prospect),
    ...arms(prospect),
    ...(["candidate", "stable"] as const).flatMap((arm) => elsewhere(prospect, arm)),
    ...targets(prospect),
    ...shares(prospect),
  ];
}

function managed({ service, managedBy }: Prospect): string[] {
  if (managedBy === undefined) return [];
  return [
    `service ${service.name} is managed by ${managedBy}, which would undo every shift; change its route there`,
  ];
}

function arms({ service, candidate, stable, actions }: Prospect): string[] {
  const weights = totals(actions);
  if (!weights.get(stable.id)) {
    return [`stable ${stable.name} gets no traffic from service ${service.name}; name the group in use`];
  }
  if (candidate.id !== stable.id) return [];
  const alone = [...weights].every(([id, weight]) => id === candidate.id || weight === 0);
  return [
    alone
      ? `candidate ${candidate.name} already serves all of ${service.name}; name the group of the new version`
      : `candidate ${candidate.name} is the stable group already; name the group of the new version, or another stable one`,
  ];
}

/** The weight of each group over all actions. */
function totals(actions: readonly Forwarding[]): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const { id, weight } of actions.flatMap(({ groups }) => groups)) {
    weights.set(id, (weights.get(id) ?? 0) + weight);
  }
  return weights;
}

function elsewhere(prospect: Prospect, arm: "candidate" | "stable"): string[] {
  const group = prospect[arm];
  const others = group.services.filter((arn) => arn !== prospect.service.arn);
  if (others.length === 0) return [];
  return [
    `${arm} ${group.name} belongs to ${others.join(", ")}; Lattice lets one service only use a target group`,
  ];
}

function targets({ candidate }: Prospect): string[] {
  if (candidate.targets.length === 0) {
    return [`candidate ${candidate.name} has no targets; register the new version's first`];
  }
  if (!candidate.targets.every((status) => status === "UNHEALTHY" || status === "DRAINING")) return [];
  return [
    `candidate ${candidate.name} has no healthy target (${candidate.targets.join(", ")}); wait for one`,
  ];
}

function shares({ candidate, stable, actions, strategy }: Prospect): string[] {
  const pair = { candidate: candidate.id, stable: stable.id };
  return actionsOf(actions, pair).flatMap((action) => {
    const joins = action.groups.every(({ id }) => id !== candidate.id);
    if (joins && action.groups.length >= MOST_GROUPS) {
      return [
        `${placeName(action.place)} forwards to ${action.groups.length} groups, and Lattice takes at most ${MOST_GROUPS}`,
      ];
    }
    return weightsToTry(strategy).flatMap(({ weight, field }) => {
      const problem = shareProblem(action, pair, weight);
      return problem === undefined
        ? []
        : [`${field}, which ${placeName(action.place)} cannot give: ${problem}`];
    });
  });
}

/** The weights that a rollout is going to ask for, as far as they are known beforehand. */
function weightsToTry(strategy: Strategy): { weight: Weight; field: string }[] {
  switch (strategy.type) {
    case "adaptive":
      return strategy.shares.map((share, step) => ({
        weight: weightOfShare(share / 100),
        field: `strategy.shares[${step}] is ${share}`,
      }));
    case "canary":
    case "header":
      return strategy.steps.flatMap(({ weight }, step) =>
        weight === undefined ? [] : [{ weight, field: `strategy.steps[${step}].weight is ${weight}` }],
      );
    case "linear":
      return stepsOf(strategy).flatMap(({ weight }) =>
        weight === undefined
          ? []
          : [{ weight, field: `strategy.by is ${strategy.by}, which leads to ${weight}%` }],
      );
    case "shift":
      return [{ weight: strategy.to, field: `strategy.to is ${strategy.to}` }];
    case "blue-green":
      return [];
  }
}
