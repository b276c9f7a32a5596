import {
  type Admitted,
  actionsOf,
  type Directory,
  type FunctionDirectory,
  type Instant,
  largestGroup,
  movedOn,
  type Named,
  type RolloutRequest,
  type RolloutStarted,
  readinessProblems,
  type TargetGroup,
  type TrafficRouter,
} from "@espalier/rollout";
import { findCandidate } from "./find-candidate.ts";
import type { GroupOrder } from "./group-order.ts";
import { unknownName } from "./unknown-name.ts";

/** A request that can be taken up, as its first event; the order for the group that it lacks; or why it cannot. */
export type Checked =
  | { readonly type: "ready"; readonly started: RolloutStarted; readonly arms: readonly Named[] }
  | { readonly type: "to-prepare"; readonly order: GroupOrder; readonly arms: readonly Named[] }
  | { readonly type: "problems"; readonly problems: readonly string[] };

/** What checking a request needs: reading only. */
export interface Sources {
  readonly directory: Directory;
  readonly router: TrafficRouter;
  readonly functions: Pick<FunctionDirectory, "exists">;
}

/** A request to check, and what has been done for it already. */
export interface Prospective {
  readonly id: string;
  readonly request: RolloutRequest;
  /** The rollout that it takes back. */
  readonly undone?: Admitted | undefined;
  /** The group that was prepared for its candidate. */
  readonly prepared?: string | undefined;
  /** Whether the weights may be somebody else's to move: then only what does not hang on them is checked. */
  readonly moving: boolean;
}

/** Looks up what a request names, records the actions as they are, and checks that the rollout can run. */
export async function checkRequest(
  sources: Sources,
  service: Named,
  { id, request, undone, prepared, moving }: Prospective,
  at: Instant,
): Promise<Checked> {
  const { directory, router } = sources;
  const candidate = await findCandidate(sources, request, prepared);
  if (candidate.type === "problems") return candidate;
  const every = await router.actions(service);
  const reference = request.stable ?? largestGroup(every);
  if (reference === undefined) {
    return problems([`service ${service.name} forwards to no group; there is nothing to roll out from`]);
  }
  const stable = await directory.targetGroup(reference);
  if (stable.type === "not-found") return problems(unknownName("stable", reference, "target group", stable));
  const arms = { service, candidate: candidate.group, stable: stable.thing };
  const actions = actionsOf(every, { candidate: arms.candidate.id, stable: arms.stable.id });
  const managedBy = await directory.managedBy(service, actions);
  const prospect = { ...arms, actions: every, strategy: request.strategy, managedBy };
  const moved = undone && movedOn(undone, every);
  const found = [...(moved === undefined ? [] : [moved]), ...readinessProblems(prospect)];
  if (found.length > 0 && !moving) return problems(found);
  if (candidate.order !== undefined) {
    const order = { ...candidate.order, rollout: id, service, stable: arms.stable.id };
    return { type: "to-prepare", order, arms: [named(arms.stable)] };
  }
  return {
    type: "ready",
    arms: [named(arms.candidate), named(arms.stable)],
    started: {
      type: "rollout-started",
      ...{ at, id, request, service, actions, notes: [] },
      candidate: named(arms.candidate),
      stable: named(arms.stable),
      made: prepared !== undefined,
      ...(undone === undefined ? {} : { undoes: undone.id }),
      ...(request.requestedBy === undefined ? {} : { by: request.requestedBy }),
      ...(request.reason === undefined ? {} : { why: request.reason }),
    },
  };
}

/** The service that a request names. */
export async function serviceOf(directory: Directory, reference: string): Promise<Named | readonly string[]> {
  const service = await directory.service(reference);
  return service.type === "found" ? service.thing : unknownName("service", reference, "service", service);
}

const problems = (found: readonly string[]) => ({ type: "problems" as const, problems: found });

const named = ({ id, arn, name }: TargetGroup): Named => ({ id, arn, name });
