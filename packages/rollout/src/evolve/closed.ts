import { addCounts, type ClosedMinute, comparedMinute, minuteAt, noCounts } from "@espalier/evidence";
import { adapt, compare, unpause } from "../adaptive/adaptive-progress.ts";
import { shiftHeld } from "../gates/shift-held.ts";
import { toMillis } from "../instant.ts";
import { measureMinute } from "../measured.ts";
import { servesAlone } from "../observed/serves-alone.ts";
import { watchShare } from "../observed/watch-share.ts";
import type { Admitted, Judging, Phase, Watch } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";

type MinutesClosed = Extract<RolloutEvent, { type: "minutes-closed" }>;

/** The rollout with some more minutes closed. One that was closed before changes nothing. */
export function closed(rollout: Admitted, event: MinutesClosed): Admitted {
  const fresh = event.minutes.filter(({ minute }) => minute > rollout.watch.closedThrough);
  const watch = fresh.reduce((so, one) => watched(rollout, so, one), rollout.watch);
  return {
    ...rollout,
    watch,
    phase: measured(rollout, watch.owed, fresh),
    contradicted: watchShare(rollout, fresh),
    judging: rollout.judging && judged(rollout, rollout.judging, fresh, event),
  };
}

function watched(rollout: Admitted, watch: Watch, closed: ClosedMinute): Watch {
  return {
    ...watch,
    closedThrough: closed.minute,
    counts: addCounts(watch.counts, closed.type === "counted" ? closed : noCounts),
    missingMinutes: watch.missingMinutes + (closed.type === "missing" ? 1 : 0),
    owed: watch.owed + (closed.type === "missing" ? owedIn(rollout, closed.stableRequests) : 0),
  };
}

/** Where the stable group gets nothing to tell by, what the service had before does. */
function owedIn({ written, judging }: Admitted, stableRequests: number): number {
  const weight = written ?? 0;
  if (weight === 100) return judging?.plan.requestsPerMinute ?? 0;
  return (stableRequests * weight) / (100 - weight);
}

/** A pause stops the bake, not the measuring. */
function measured({ phase, watch, judging }: Admitted, owed: number, fresh: readonly ClosedMinute[]): Phase {
  const { candidate, stable } = watch.counts;
  const before = judging?.plan.requestsPerMinute ?? 0;
  const served = { candidate: candidate.requests > 0, stable: before + stable.requests > 0, owed };
  const after = <P extends Phase>(one: P): P =>
    one.type === "baking"
      ? { ...one, measured: fresh.reduce((so, minute) => measureMinute(so, minute, served), one.measured) }
      : one;
  return phase.type === "paused" ? { ...phase, held: after(phase.held) } : after(phase);
}

/**
 * What is made of closed minutes. A pause stops the ramp, not the comparison; while the share may not grow the ramp moves only where
 * that takes the share back.
 */
function judged(
  rollout: Admitted,
  before: Judging,
  fresh: readonly ClosedMinute[],
  { at }: MinutesClosed,
): Judging {
  const { phase, gate, written } = rollout;
  const minutes = fresh.map((one) => comparedMinute(one, servesAlone(rollout, one.minute)));
  const judging = compare(before, minutes);
  const { plan, comparison, ramp } = judging;
  if (plan.ramp === null || ramp === null || phase.type === "paused") return judging;
  const now = minuteAt(toMillis(at));
  const next = adapt(plan.ramp, plan.comparison, comparison, ramp, now);
  const grows = 100 * next.share > (written ?? 0) && next.decision !== "roll back";
  if ((gate === null && !shiftHeld(rollout)) || !grows) return { ...judging, ramp: next };
  return { ...judging, ramp: unpause(ramp, Math.max(0, now - ramp.state.now)) };
}
