import {
  addCounts,
  type ClosedMinute,
  comparedMinute,
  Minute,
  minuteAt,
  noCounts,
  regress,
  startRegression,
} from "@espalier/evidence";
import type { AdaptivePlan } from "./adaptive/adaptive-plan.ts";
import { adapt, compare, startAdaptive, unpause } from "./adaptive/adaptive-progress.ts";
import { toMillis } from "./instant.ts";
import { measureMinute, startMeasured } from "./measured.ts";
import type { Admitted, Ending, Held, Phase, Rollout, Watch } from "./rollout.ts";
import type { RolloutEvent, RolloutStarted } from "./rollout-event.ts";

/** The state before anything happened. */
export const unknownRollout: Rollout = { status: "unknown" };

/** The state that a history leads to. */
export function replay(events: Iterable<RolloutEvent>): Rollout {
  let rollout = unknownRollout;
  for (const event of events) rollout = evolve(rollout, event);
  return rollout;
}

/**
 * The state after one more event. It is total: an event that means nothing in the present state changes nothing, and a
 * rollout that has ended never changes again.
 */
export function evolve(rollout: Rollout, event: RolloutEvent): Rollout {
  if (rollout.status === "refused") return rollout;
  if (rollout.status === "unknown") {
    if (event.type === "rollout-refused") return { status: "refused", refusal: event };
    return event.type === "rollout-started" ? admit(event) : rollout;
  }
  return rollout.phase.type === "settled" ? rollout : evolveAdmitted(rollout, event);
}

function admit(event: RolloutStarted): Admitted {
  const { id, service, candidate, stable, strategy, alpha, regression, actions, at, by, why } = event;
  return {
    status: "admitted",
    ...{ id, service, candidate, stable, strategy, alpha, regression, actions },
    startedAt: at,
    ...(by === undefined ? {} : { requestedBy: by }),
    ...(why === undefined ? {} : { reason: why }),
    adaptive: null,
    written: null,
    phase: { type: "starting" },
    watch: {
      closedThrough: Minute.parse(minuteAt(toMillis(at)) - 1),
      regression: startRegression(regression),
      counts: noCounts,
      missingMinutes: 0,
    },
  };
}

function evolveAdmitted(rollout: Admitted, event: RolloutEvent): Admitted {
  switch (event.type) {
    case "rollout-planned":
      return { ...rollout, adaptive: begun(event.plan, event.at) };
    case "shift-decided":
      return enter(rollout, { type: "shifting", step: event.step, to: event.to });
    case "weights-shifted":
      return {
        ...rollout,
        written: event.weight,
        phase: shifted(rollout.phase, event.at),
        ...(rollout.written === null ? beginWatching(rollout, event.at) : {}),
      };
    case "minutes-closed":
      return {
        ...rollout,
        watch: event.minutes.reduce((watch, minute) => fold(rollout, watch, minute), rollout.watch),
        phase: measure(rollout, event),
        adaptive: looked(rollout, event),
      };
    case "promotion-decided":
      return enter(rollout, { type: "promoting", reason: event.reason, shifted: false });
    case "roll-back-decided":
      return enter(rollout, { type: "rolling-back", reason: event.reason, restored: false });
    case "drift-found":
      return enter(rollout, { type: "stopping", reason: event.reason });
    case "weights-restored":
      return rollout.phase.type === "rolling-back"
        ? enter(rollout, { ...rollout.phase, restored: true })
        : rollout;
    case "rollout-paused":
      return pause(rollout, event);
    case "rollout-resumed":
      return rollout.phase.type === "paused" ? resume(rollout, rollout.phase, event.at) : rollout;
    case "rollout-promoted":
    case "rollout-rolled-back":
    case "rollout-stopped":
      return enter(rollout, { type: "settled", ending: endings[event.type], outcome: event });
    default:
      return rollout;
  }
}

const endings = {
  "rollout-promoted": "promoted",
  "rollout-rolled-back": "rolled-back",
  "rollout-stopped": "stopped",
} as const satisfies Record<string, Ending>;

const enter = (rollout: Admitted, phase: Phase): Admitted => ({ ...rollout, phase });

function shifted(phase: Phase, at: string): Phase {
  if (phase.type === "shifting")
    return { type: "baking", step: phase.step, since: at, baked: 0, measured: startMeasured(at) };
  return phase.type === "promoting" ? { ...phase, shifted: true } : phase;
}

/** A pause stops the bake, not the measuring. */
function measure(
  { phase, watch }: Admitted,
  { minutes }: Extract<RolloutEvent, { type: "minutes-closed" }>,
): Phase {
  const fresh = minutes.filter(({ minute }) => minute > watch.closedThrough);
  const measured = <P extends Phase>(one: P): P =>
    one.type === "baking" ? { ...one, measured: fresh.reduce(measureMinute, one.measured) } : one;
  return phase.type === "paused" ? { ...phase, held: measured(phase.held) } : measured(phase);
}

/** Watches from the minute of the first shift: before it the candidate has no traffic, hence no metrics to wait for. */
function beginWatching({ watch, adaptive }: Admitted, at: string): Pick<Admitted, "watch" | "adaptive"> {
  const before = Minute.parse(Math.max(watch.closedThrough, minuteAt(toMillis(at)) - 1));
  return {
    watch: { ...watch, closedThrough: before },
    adaptive: adaptive && begun(adaptive.plan, at),
  };
}

const begun = (plan: AdaptivePlan, at: string) => ({
  plan,
  progress: startAdaptive(plan, minuteAt(toMillis(at))),
});

/** What an adaptive rollout makes of closed minutes. A pause stops the ramp, not the comparison. */
function looked(
  { adaptive, phase, watch }: Admitted,
  { minutes, at }: Extract<RolloutEvent, { type: "minutes-closed" }>,
): Admitted["adaptive"] {
  if (adaptive === null) return null;
  const fresh = minutes.filter(({ minute }) => minute > watch.closedThrough).map(comparedMinute);
  const compared = compare(adaptive.plan, adaptive.progress, fresh);
  const progress =
    phase.type === "paused" ? compared : adapt(adaptive.plan, compared, minuteAt(toMillis(at)));
  return { ...adaptive, progress };
}

function resume(
  rollout: Admitted,
  { held, since }: Extract<Phase, { type: "paused" }>,
  at: string,
): Admitted {
  const minutes = Math.max(0, minuteAt(toMillis(at)) - minuteAt(toMillis(since)));
  const { adaptive } = rollout;
  const later = adaptive && { ...adaptive, progress: unpause(adaptive.progress, minutes) };
  return { ...enter(rollout, goOn(held, at)), adaptive: later };
}

function fold(rollout: Admitted, watch: Watch, closed: ClosedMinute): Watch {
  if (closed.minute <= watch.closedThrough) return watch;
  const counts = closed.type === "counted" ? closed : noCounts;
  return {
    closedThrough: closed.minute,
    regression: regress(rollout.regression, watch.regression, counts),
    counts: addCounts(watch.counts, counts),
    missingMinutes: watch.missingMinutes + (closed.type === "missing" ? 1 : 0),
  };
}

function pause(rollout: Admitted, event: Extract<RolloutEvent, { type: "rollout-paused" }>): Admitted {
  const { phase } = rollout;
  if (phase.type !== "starting" && phase.type !== "shifting" && phase.type !== "baking") return rollout;
  return enter(rollout, {
    type: "paused",
    since: event.at,
    ...(event.by === undefined ? {} : { by: event.by }),
    ...(event.why === undefined ? {} : { why: event.why }),
    held: stopBaking(phase, event.at),
  });
}

function stopBaking(held: Held, at: string): Held {
  if (held.type !== "baking") return held;
  return { ...held, since: at, baked: held.baked + Math.max(0, toMillis(at) - toMillis(held.since)) };
}

/** Minutes that were missing in a pause are nobody's fault, and do not end what goes on. */
function goOn(held: Held, at: string): Held {
  if (held.type !== "baking") return held;
  return { ...held, since: at, measured: { ...held.measured, missing: 0 } };
}
