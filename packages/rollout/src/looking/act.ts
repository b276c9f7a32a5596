import { actAdaptive } from "../adaptive/act-adaptive.ts";
import { pastDeadline } from "../deadlines/past-deadline.ts";
import type { Instant } from "../instant.ts";
import { reasonFor, verdictOf } from "../reasons.ts";
import { isThreshold } from "../request/metric.ts";
import type { Admitted, Phase } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import { actSteps } from "../steps/act-steps.ts";
import { askAfterRollback } from "../steps/ask.ts";
import { gather } from "./gather.ts";
import { onContradiction } from "./on-contradiction.ts";

// Far more than any rollout has steps and hooks: what does not come to rest is a mistake.
const MOST_ACTS = 500;

/** Everything that a rollout may do now, until it has to wait for something. */
export function act(rollout: Admitted, at: Instant): RolloutEvent[] {
  let going = true;
  function* acts() {
    for (let k = 0; going && k < MOST_ACTS; k += 1) {
      yield (now: Admitted) => {
        const events = actOnce(now, at);
        going = events.length > 0;
        return events;
      };
    }
  }
  return gather(rollout, acts());
}

function actOnce(rollout: Admitted, at: Instant): readonly RolloutEvent[] {
  const { phase, request } = rollout;
  if (phase.type === "rolling-back") return askAfterRollback(rollout, phase, at);
  if (isEnding(phase)) return [];
  // Whoever takes a candidate back has judged it.
  const against = rollout.undoes === undefined ? findingAgainst(rollout) : undefined;
  if (against !== undefined) {
    return [
      { type: "roll-back-decided", at, reason: reasonFor("rolled back", rollout, at, against.because) },
    ];
  }
  const drift = onContradiction(rollout, at);
  if (drift.length > 0) return drift;
  const late = pastDeadline(rollout, at);
  if (late.length > 0) return late;
  // Nothing moves before it is settled what it is to be compared by.
  if (rollout.judging === null) return [];
  const { strategy } = request;
  return strategy.type === "adaptive" ? actAdaptive(rollout, at) : actSteps(rollout, strategy, at);
}

const ENDING: ReadonlySet<Phase["type"]> = new Set(["settled", "stopping", "staying", "returning"]);

/** Whether nothing is to be decided any more. */
const isEnding = (phase: Phase) => ENDING.has(phase.type) || (phase.type === "promoting" && phase.shifted);

/** What speaks for rolling back; undefined if nothing does. The evidence says for itself what it is. */
function findingAgainst(rollout: Admitted): { readonly because?: string } | undefined {
  if (verdictOf(rollout, false)?.outcome === "fail") return {};
  for (const { name, above, below, forMinutes, dryRun } of rollout.request.metrics.filter(isThreshold)) {
    const level = rollout.levels[name];
    if (dryRun || level === undefined || level.outOfBounds < forMinutes) continue;
    const bound = above === undefined ? `below ${below}` : `above ${above}`;
    const minutes = `${level.outOfBounds} minute${level.outOfBounds === 1 ? "" : "s"} in a row`;
    return { because: `${name} was ${bound} for ${minutes}, at last ${level.value}` };
  }
  return undefined;
}
