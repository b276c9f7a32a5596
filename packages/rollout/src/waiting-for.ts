import { minuteStart } from "@espalier/evidence";
import { rampOf } from "./adaptive/ramp-of.ts";
import { type Deadline, deadlineOf } from "./deadlines/deadline-of.ts";
import { shiftHeld } from "./gates/shift-held.ts";
import { fromMillis, type Instant, toMillis } from "./instant.ts";
import { saidBy } from "./reasons.ts";
import type { Admitted, Asking, Held, Phase, Rollout } from "./rollout.ts";
import { HOOK_PAUSE_MS } from "./steps/ask.ts";
import { hookName, hooksAt } from "./steps/hooks-at.ts";
import { bakeEnd } from "./steps/is-baked.ts";

/** What a rollout waits for, as a sentence, and until when at most it does. */
export interface Awaited {
  readonly for: string;
  readonly until: Instant;
}

/** What a rollout waits for; undefined where it has something to do, or has ended. */
export function waitingFor(rollout: Rollout): Awaited | undefined {
  if (rollout.status !== "admitted") return undefined;
  const { phase } = rollout;
  const deadline = deadlineOf(rollout);
  if (deadline === undefined) return undefined;
  const said = sentence(rollout, deadline);
  if (said === undefined) return undefined;
  const unreadable =
    rollout.unreadable === null || phase.type === "paused"
      ? ""
      : `; the metrics cannot be read since ${rollout.unreadable.since} (${rollout.unreadable.reason})`;
  return { for: `${said}${unreadable}`, until: deadline.at };
}

function sentence(rollout: Admitted, { at, otherwise }: Deadline): string | undefined {
  const { phase, gate, judging, frozen } = rollout;
  const until = `until ${at}, then ${otherwise}`;
  switch (phase.type) {
    case "paused":
      return `paused${saidBy(phase)}; waits to be resumed, promoted or aborted ${until}`;
    case "starting":
      if (judging === null) return "waits for the metrics that it is to be planned on";
      return gate === null ? undefined : `waits to go on: ${gate.reason}; ${until}`;
    case "entering":
      return gate === null ? undefined : `waits to go on: ${gate.reason}; ${until}`;
    case "shifting":
    case "promoting":
      if (!shiftHeld(rollout) || frozen === null) return undefined;
      return `waits to shift: all rollouts are frozen${saidBy(frozen)}; ${until}`;
    case "baking":
      return baking(rollout, phase);
    case "certifying":
      return `waits for the certificate of step ${phase.step + 1} ${until}`;
    case "approving":
      return `waits for approval of step ${phase.step + 1} ${until}`;
    case "asking":
      return asking(rollout, phase, until);
    case "rolling-back":
      return phase.asking === null ? undefined : asking(rollout, phase.asking, until);
    default:
      return undefined;
  }
}

function asking({ request, gate }: Admitted, { point, step, index, answered }: Asking, until: string) {
  if (answered === null) return undefined;
  if (answered.answer === "go" && gate !== null) return `waits to go on: ${gate.reason}; ${until}`;
  const hook = hooksAt(request, point, step)[index];
  const name = hook === undefined ? "" : hookName(hook);
  return `the hook ${name} says ${answered.answer}, "${answered.reason}"; ${until}`;
}

function baking(rollout: Admitted, phase: Extract<Held, { type: "baking" }>): string {
  const { request, judging, gate } = rollout;
  const ramp = rampOf(judging);
  const held = gate === null ? "" : `; does not go on yet: ${gate.reason}`;
  if (ramp !== null) return `${climbing(ramp)}${held}`;
  if (request.strategy.type === "adaptive") return "compares";
  return `bakes until ${bakeEnd(request.strategy, phase)}, and until the metrics of its minutes are there`;
}

function climbing({ plan, step: { state } }: NonNullable<ReturnType<typeof rampOf>>): string {
  const { holdBack, steps } = plan;
  if (state.phase === "holding-back" && holdBack !== null) {
    const end = fromMillis(minuteStart(state.since + holdBack.minutes));
    return `holds ${(100 * holdBack.share).toFixed(0)}% back on the stable group until ${end}, and compares`;
  }
  const next = steps[state.level + 1];
  if (next === undefined) return "bakes before promotion, and compares";
  return `compares; goes on when certificates allow, or after ${next.cap} min if nothing looks suspicious`;
}

/** The first time at which something that is waited for may have come, beside the metrics of a minute; undefined if there is none. */
export function wakesAt(rollout: Admitted): Instant | undefined {
  const { phase, gate } = rollout;
  const times = [
    deadlineOf(rollout)?.at,
    phase.type === "paused" ? undefined : gate?.until,
    askedAgainAt(phase),
    phase.type === "baking" && rollout.written === 0 && rollout.request.strategy.type !== "adaptive"
      ? bakeEnd(rollout.request.strategy, phase)
      : undefined,
  ].filter((time) => time !== undefined && time !== null);
  return times.length === 0 ? undefined : fromMillis(Math.min(...times.map(toMillis)));
}

function askedAgainAt(phase: Phase): Instant | undefined {
  const asked = phase.type === "asking" ? phase : phase.type === "rolling-back" ? phase.asking : null;
  return asked?.answered?.answer === "wait" ? plus(asked.answered.at) : undefined;
}

const plus = (at: Instant) => fromMillis(toMillis(at) + HOOK_PAUSE_MS);
