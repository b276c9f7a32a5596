import { findings } from "@espalier/evidence";
import { type Judging, type Phase, toMillis } from "../../src/index.ts";
import type { Asking } from "../../src/rollout.ts";
import type { World } from "./world.ts";

/** The minutes in all that the model's rollouts may last. */
export const TOTAL = 30;

/**
 * What of a world decides what can follow, so that two worlds of one key need not both be explored: of the state everything but its
 * texts and numbers of answers, of times how many minutes ago, as far as a limit can hang on that, and of the evidence what it
 * entitles to.
 */
export function keyOf(world: World): string {
  const { rollout, at, frozen } = world;
  if (rollout.status !== "admitted") return rollout.status;
  const { judging, startedAt, watch, phase, drift, unreadable, contradicted, writtenAt } = rollout;
  const ago = (instant: string, most: number) => Math.min(most, minutesAgo(instant, at));
  return JSON.stringify({
    phase: phaseOf(phase, ago),
    written: rollout.written,
    writtenAt: writtenAt && ago(writtenAt, 1),
    matched: rollout.matched !== null,
    frozen: [frozen, rollout.frozen !== null, rollout.gate !== null],
    unreadable: unreadable && ago(unreadable.since, 2),
    drift: [drift.adopted.length > 0, drift.overrule, drift.overruled, drift.accepted],
    contradicted: contradicted.length,
    places: rollout.actions.length,
    found: judging && found(judging),
    behind: Math.min(2, Math.floor(toMillis(at) / 60_000) - watch.closedThrough),
    over: minutesAgo(startedAt, at) >= TOTAL,
  });
}

type Ago = (instant: string, most: number) => number;

function phaseOf(phase: Phase, ago: Ago): unknown {
  const since = "since" in phase ? ago(phase.since, MOST_WAIT) : null;
  switch (phase.type) {
    case "paused":
      return [phase.type, since, phaseOf(phase.held, ago)];
    case "entering":
      return [phase.type, phase.step, since, phase.asked];
    case "baking": {
      const { counted, missing } = phase.measured;
      return [phase.type, phase.step, since, phase.baked > 0, Math.min(1, counted), Math.min(2, missing)];
    }
    case "asking":
      return [phase.type, ...askingOf(phase, ago)];
    case "rolling-back":
      return [phase.type, phase.restored, phase.asking && askingOf(phase.asking, ago)];
    case "promoting":
      return [phase.type, since, phase.shifted];
    case "returning":
      return [phase.type, phase.restored];
    case "settled":
      return [phase.type, phase.ending];
    default:
      return [phase.type, "step" in phase ? phase.step : null, since];
  }
}

// The longest time that anything in the model may wait for.
const MOST_WAIT = 4;

function askingOf({ point, step, index, since, answered }: Asking, ago: Ago): unknown[] {
  return [point, step, index, ago(since, MOST_WAIT), answered && [answered.answer, ago(answered.at, 1)]];
}

const minutesAgo = (instant: string, at: string) => Math.floor((toMillis(at) - toMillis(instant)) / 60_000);

function found({ plan, comparison, ramp }: Judging) {
  const { worse, certified } = findings(plan.comparison, comparison);
  return { worse, certified, ramp: ramp && [ramp.share, ramp.decision, ramp.state.phase] };
}
