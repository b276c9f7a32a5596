import { errorRegression } from "@espalier/evidence";
import {
  actionsOf,
  type Directory,
  type Found,
  type Instant,
  largestGroup,
  type Named,
  type RolloutRequest,
  type RolloutStarted,
  readinessProblems,
  type TargetGroup,
  type TrafficRouter,
} from "@espalier/rollout";

/** A request that can be taken up, as its first event; or why it cannot. */
export type Checked =
  | { readonly type: "ready"; readonly started: RolloutStarted }
  | { readonly type: "problems"; readonly problems: readonly string[] };

/** What checking a request needs: reading only. */
export interface Sources {
  readonly directory: Directory;
  readonly router: TrafficRouter;
}

/** Looks up what a request names, records the actions as they are, and checks that the rollout can run. */
export async function checkRequest(
  { directory, router }: Sources,
  request: RolloutRequest,
  id: string,
  at: Instant,
): Promise<Checked> {
  const [service, candidate] = await Promise.all([
    directory.service(request.service),
    directory.targetGroup(request.candidate),
  ]);
  if (service.type === "not-found" || candidate.type === "not-found") {
    return problems([
      ...unknown("service", request.service, "service", service),
      ...unknown("candidate", request.candidate, "target group", candidate),
    ]);
  }
  const every = await router.actions(service.thing);
  const reference = request.stable ?? largestGroup(every);
  if (reference === undefined) {
    return problems([
      `service ${service.thing.name} forwards to no group; there is nothing to roll out from`,
    ]);
  }
  const stable = await directory.targetGroup(reference);
  if (stable.type === "not-found") return problems(unknown("stable", reference, "target group", stable));

  const actions = actionsOf(every, { candidate: candidate.thing.id, stable: stable.thing.id });
  const { strategy, alpha, reason, requestedBy } = request;
  const arms = { service: service.thing, candidate: candidate.thing, stable: stable.thing };
  const managedBy = await directory.managedBy(service.thing, actions);
  const found = readinessProblems({ ...arms, actions: every, strategy, managedBy });
  if (found.length > 0) return problems(found);
  return {
    type: "ready",
    started: {
      type: "rollout-started",
      ...{ at, id, strategy, alpha, actions, regression: errorRegression },
      service: arms.service,
      candidate: named(arms.candidate),
      stable: named(arms.stable),
      ...(requestedBy === undefined ? {} : { by: requestedBy }),
      ...(reason === undefined ? {} : { why: reason }),
    },
  };
}

const problems = (found: readonly string[]): Checked => ({ type: "problems", problems: found });

const named = ({ id, arn, name }: TargetGroup): Named => ({ id, arn, name });

// Enough to see a misspelling; an account may have thousands.
const SUGGESTED = 10;

function unknown(field: string, given: string, what: string, found: Found<unknown>): string[] {
  if (found.type === "found") return [];
  const { known } = found;
  if (known.length === 0) return [`${field} is ${JSON.stringify(given)}; there is no ${what} here at all`];
  const some = known.slice(0, SUGGESTED).join(", ") + (known.length > SUGGESTED ? ", ..." : "");
  return [`${field} is ${JSON.stringify(given)}; there is no such ${what}, there are ${some}`];
}
