import type { Instant } from "../instant.ts";
import type { Admitted, Asking, Phase } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";

/** The rollout while a hook is called: the first call of a hook, or another one because it said wait. */
export function asked(rollout: Admitted, event: Extract<RolloutEvent, { type: "hook-called" }>): Admitted {
  const { phase } = rollout;
  const { point, step, attempt, at } = event;
  const last = askingIn(phase);
  const before = last?.point === point && last.step === step ? last : null;
  const again = before?.answered?.answer === "wait";
  const asking: Asking = {
    ...{ point, step, attempt },
    index: before === null ? 0 : again ? before.index : before.index + 1,
    since: before !== null && again ? before.since : at,
    answered: null,
  };
  if (phase.type === "rolling-back") return { ...rollout, calls: attempt, phase: { ...phase, asking } };
  return { ...rollout, calls: attempt, phase: { type: "asking", ...asking } };
}

/** The rollout after a hook's answer. */
export function answered(
  rollout: Admitted,
  event: Extract<RolloutEvent, { type: "hook-answered" }>,
): Admitted {
  const { phase } = rollout;
  const { answer, reason, at, attempt } = event;
  if (phase.type === "rolling-back" && phase.asking?.attempt === attempt) {
    return { ...rollout, phase: { ...phase, asking: { ...phase.asking, answered: { answer, reason, at } } } };
  }
  if (phase.type !== "asking" || phase.attempt !== attempt) return rollout;
  return { ...rollout, phase: { ...phase, answered: { answer, reason, at } } };
}

function askingIn(phase: Phase): Asking | null {
  if (phase.type === "asking") return phase;
  return phase.type === "rolling-back" ? phase.asking : null;
}

/** The phase once growth is held: before a step that is yet to be entered. A ramp stays where it is. */
export function passes({ phase, request }: Admitted, at: Instant): Phase {
  if (request.strategy.type === "adaptive") return phase;
  if (phase.type === "starting") return { type: "entering", step: 0, since: at, asked: true };
  if (phase.type === "asking") return { type: "entering", step: phase.step, since: at, asked: true };
  return phase.type === "entering" ? { ...phase, asked: true } : phase;
}
