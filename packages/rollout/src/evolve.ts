import {
  addCounts,
  type ClosedMinute,
  Minute,
  minuteAt,
  noCounts,
  regress,
  startRegression,
} from "@espalier/evidence";
import { toMillis } from "./instant.ts";
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
    case "shift-decided":
      return enter(rollout, { type: "shifting", step: event.step, to: event.to });
    case "weights-shifted":
      return {
        ...rollout,
        written: event.weight,
        phase: shifted(rollout.phase, event.at),
        watch: rollout.written === null ? watchFrom(rollout.watch, event.at) : rollout.watch,
      };
    case "minutes-closed":
      return {
        ...rollout,
        watch: event.minutes.reduce((watch, minute) => fold(rollout, watch, minute), rollout.watch),
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
      return rollout.phase.type === "paused" ? enter(rollout, goOn(rollout.phase.held, event.at)) : rollout;
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
  if (phase.type === "shifting") return { type: "baking", step: phase.step, since: at, baked: 0 };
  return phase.type === "promoting" ? { ...phase, shifted: true } : phase;
}

/** Watches from the minute of the first shift: before it the candidate has no traffic, hence no metrics to wait for. */
const watchFrom = (watch: Watch, at: string): Watch => ({
  ...watch,
  closedThrough: Minute.parse(Math.max(watch.closedThrough, minuteAt(toMillis(at)) - 1)),
});

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

const goOn = (held: Held, at: string): Held => (held.type === "baking" ? { ...held, since: at } : held);
