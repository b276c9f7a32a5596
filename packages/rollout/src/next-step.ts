import { shiftHeld } from "./gates/shift-held.ts";
import { fromMillis, type Instant, toMillis } from "./instant.ts";
import { nextLook } from "./look.ts";
import type { HookPoint, StepHook } from "./request/hook.ts";
import type { Admitted, Asking, Rollout } from "./rollout.ts";
import { hooksAt } from "./steps/hooks-at.ts";
import type { Match } from "./strategy/match.ts";
import { wakesAt } from "./waiting-for.ts";
import { ALL, type Weight } from "./weight.ts";

/**
 * What the workflow is to do next. A shift's outcome and a hook's answer come back with the number (`order`, `attempt`) that they were
 * asked for with. Of a shift, `match` is the rule that is to be in place with it, null for none; `overrule` writes over drift.
 */
export type NextStep =
  | {
      readonly type: "shift";
      readonly weight: Weight;
      readonly match: Match | null;
      readonly order: number;
      readonly overrule: boolean;
    }
  | {
      readonly type: "run-hook";
      readonly hook: Pick<StepHook, "lambda" | "url">;
      readonly at: HookPoint;
      readonly step: number;
      readonly attempt: number;
    }
  | { readonly type: "wait"; readonly until: Instant }
  | { readonly type: "roll-back" }
  | { readonly type: "settle" };

/** What follows from a rollout's state at time `at`. */
export function nextStep(rollout: Rollout, at: Instant): NextStep {
  return rollout.status === "admitted" ? stepOf(rollout, at) : { type: "settle" };
}

function stepOf(rollout: Admitted, at: Instant): NextStep {
  const { phase } = rollout;
  if (shiftHeld(rollout)) return wait(rollout, at);
  switch (phase.type) {
    case "shifting":
      return shift(rollout, phase.to, phase.match);
    case "promoting":
      return phase.shifted ? { type: "settle" } : shift(rollout, ALL, null);
    case "asking":
      return phase.answered === null ? call(rollout, phase) : wait(rollout, at);
    case "rolling-back":
      if (!phase.restored) return { type: "roll-back" };
      if (phase.asking === null) return { type: "settle" };
      if (phase.asking.answered === null) return call(rollout, phase.asking);
      return phase.asking.answered.answer === "wait" ? wait(rollout, at) : { type: "settle" };
    case "returning":
      return phase.restored ? { type: "settle" } : { type: "roll-back" };
    case "staying":
    case "stopping":
    case "settled":
      return { type: "settle" };
    default:
      return wait(rollout, at);
  }
}

/**
 * Until the metrics of the next minute, or whatever else may come before. A candidate that no traffic reaches has no metrics to
 * look at, once it is known what it is to be compared by.
 */
function wait(rollout: Admitted, at: Instant): NextStep {
  const { written, matched, judging, phase } = rollout;
  const planned = judging !== null || phase.type === "paused";
  const idle = planned && (written ?? 0) === 0 && matched === null;
  const times = [idle ? undefined : nextLook(at), wakesAt(rollout)].filter((time) => time !== undefined);
  const later = times.map(toMillis).filter((time) => time > toMillis(at));
  return { type: "wait", until: later.length === 0 ? nextLook(at) : fromMillis(Math.min(...later)) };
}

function shift({ orders, drift }: Admitted, weight: Weight, match: Match | null): NextStep {
  return { type: "shift", weight, match, order: orders, overrule: drift.overrule };
}

function call({ request }: Admitted, { point, step, index, attempt }: Asking): NextStep {
  const { lambda, url } = hooksAt(request, point, step)[index] ?? {};
  const hook = { ...(lambda === undefined ? {} : { lambda }), ...(url === undefined ? {} : { url }) };
  return { type: "run-hook", hook, at: point, step, attempt };
}
