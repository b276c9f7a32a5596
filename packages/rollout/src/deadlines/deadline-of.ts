import { fromMillis, type Instant, toMillis } from "../instant.ts";
import type { Otherwise } from "../request/hook.ts";
import type { Admitted, Asking, Phase } from "../rollout.ts";
import { hooksAt } from "../steps/hooks-at.ts";
import { approvalLimits } from "../strategy/step.ts";
import { stepsOf } from "../strategy/steps-of.ts";
import { plannedMinutes } from "./planned-minutes.ts";

/** When something is over, and what happens then. `reason` says it of a rollout that is still there by then. */
export interface Deadline {
  readonly at: Instant;
  readonly otherwise: "roll-back" | "promote" | "go-on" | "hold";
  readonly reason: string;
}

const WEEK = 7 * 24 * 60;

/**
 * The first deadline of a rollout as it stands; undefined where nothing is awaited any more. One that ends in a promotion does not
 * pass while all rollouts are frozen: the promotion is made when they no longer are, or the rollout's own time is over.
 */
export function deadlineOf(rollout: Admitted): Deadline | undefined {
  const own = [ofPhase(rollout), ofMetrics(rollout)].filter(
    (one) => one !== undefined && !(one.otherwise === "promote" && isFrozen(rollout)),
  );
  const all = [...own, inAll(rollout)].filter((one) => one !== undefined);
  return all.reduce<Deadline | undefined>(
    (first, one) => (first === undefined || toMillis(one.at) < toMillis(first.at) ? one : first),
    undefined,
  );
}

/** Whether the share may not grow, not even at the end of all time. */
export const isFrozen = ({ frozen, undoes }: Admitted): boolean => frozen !== null && undoes === undefined;

/** Phases that lead to an end by themselves. */
const LEAVING: ReadonlySet<Phase["type"]> = new Set([
  ...(["promoting", "staying", "returning", "rolling-back", "stopping", "settled"] as const),
]);
const isLeaving = ({ type }: Phase) => LEAVING.has(type);

/** The time of an instant and so many minutes. */
const plus = (instant: Instant, minutes: number): Instant => fromMillis(toMillis(instant) + minutes * 60_000);

function ofPhase(rollout: Admitted): Deadline | undefined {
  const { phase, request } = rollout;
  const { pausedMinutes, waitingMinutes, otherwise } = request.deadlines;
  switch (phase.type) {
    case "paused":
      return {
        at: plus(phase.since, pausedMinutes),
        otherwise,
        reason: `paused for ${pausedMinutes} minutes`,
      };
    case "promoting":
      if (otherwise === "promote") return undefined;
      return {
        at: plus(phase.since, waitingMinutes),
        otherwise,
        reason: `not promoted within ${waitingMinutes} minutes`,
      };
    case "entering":
    case "shifting":
    case "certifying": {
      const waited = { entering: "to go on", shifting: "for its shift", certifying: "for its certificate" };
      const reason = `step ${phase.step + 1} waited ${waitingMinutes} minutes ${waited[phase.type]}`;
      return { at: plus(phase.since, waitingMinutes), otherwise, reason };
    }
    case "asking": {
      // A hook that said go is not asked for more: what is waited for then is leave to grow.
      if (phase.answered?.answer !== "go") return deadlineOfHook(rollout, phase);
      const reason = `waited ${waitingMinutes} minutes to go on`;
      return { at: plus(phase.answered.at, waitingMinutes), otherwise, reason };
    }
    case "approving":
      return ofApproval(rollout, phase);
    case "rolling-back":
      return phase.asking === null ? undefined : deadlineOfHook(rollout, phase.asking);
    default:
      return undefined;
  }
}

/** Until when a hook may say wait, or nothing. */
export function deadlineOfHook({ request }: Admitted, { point, step, index, since }: Asking): Deadline {
  const hook = hooksAt(request, point, step)[index];
  const within = hook?.withinMinutes ?? 0;
  const otherwise: Otherwise = hook?.otherwise ?? "go-on";
  return {
    at: plus(since, within),
    otherwise,
    reason: `the hook did not say go within ${within} minutes`,
  };
}

function ofApproval({ request }: Admitted, { step, since }: { step: number; since: Instant }): Deadline {
  const { strategy } = request;
  const wanted = strategy.type === "adaptive" ? undefined : stepsOf(strategy)[step]?.approval;
  const { withinMinutes, otherwise } = approvalLimits(wanted ?? true);
  return {
    at: plus(since, withinMinutes),
    otherwise,
    reason: `nobody approved step ${step + 1} within ${withinMinutes} minutes`,
  };
}

function ofMetrics({ unreadable, request, phase }: Admitted): Deadline | undefined {
  const { minutes, otherwise } = request.unreadable;
  if (unreadable === null || phase.type === "paused" || isLeaving(phase)) return undefined;
  const reason = `the metrics could not be read for ${minutes} minutes (${unreadable.reason})`;
  return { at: plus(unreadable.since, minutes), otherwise, reason };
}

function inAll(rollout: Admitted): Deadline | undefined {
  const { request, startedAt, phase } = rollout;
  const { totalMinutes = plannedMinutes(request) + WEEK, otherwise } = request.deadlines;
  const promoting = phase.type === "promoting" && !phase.shifted && otherwise === "promote";
  if (isLeaving(phase) && !promoting) return undefined;
  const at = plus(startedAt, totalMinutes);
  const reason = `not over within ${totalMinutes} minutes`;
  if (otherwise === "promote" && isFrozen(rollout))
    return { at, otherwise: "roll-back", reason: `${reason}, and all rollouts are frozen` };
  return { at, otherwise, reason };
}
