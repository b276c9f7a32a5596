import { Minute, minuteAt } from "@espalier/evidence";
import { startJudging } from "../adaptive/adaptive-progress.ts";
import type { Forwarding } from "../forwarding.ts";
import { toMillis } from "../instant.ts";
import { startMeasured } from "../measured.ts";
import type { Admitted, Drift, Ending, Phase, Rollout } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import { admit } from "./admit.ts";
import { closed } from "./closed.ts";
import { levelsRead } from "./levels.ts";
import { pause, resume } from "./pause.ts";
import { answered, asked, passes } from "./steps.ts";

/** The state before anything happened. */
export const unknownRollout: Rollout = { status: "unknown" };

/** The state that a history leads to, from `before` on. */
export function replay(events: Iterable<RolloutEvent>, before: Rollout = unknownRollout): Rollout {
  let rollout = before;
  for (const event of events) rollout = evolve(rollout, event);
  return rollout;
}

/**
 * The state after one more event. It is total: an event that means nothing in the present state changes nothing, and a
 * rollout that has ended never changes again.
 */
export function evolve(rollout: Rollout, event: RolloutEvent): Rollout {
  if (rollout.status === "refused") return rollout;
  if (rollout.status === "unknown" || rollout.status === "queued") {
    if (event.type === "rollout-refused") return { status: "refused", refusal: event };
    if (event.type === "rollout-queued") return { status: "queued", queued: event };
    return event.type === "rollout-started" ? admit(event) : rollout;
  }
  return rollout.phase.type === "settled" ? rollout : evolveAdmitted(rollout, event);
}

function evolveAdmitted(rollout: Admitted, event: RolloutEvent): Admitted {
  return evolveEnding(evolveNoted(evolvePhase(rollout, event), event), event);
}

/** What moves a rollout on. */
function evolvePhase(rollout: Admitted, event: RolloutEvent): Admitted {
  switch (event.type) {
    case "rollout-planned":
      return { ...rollout, judging: startJudging(event.plan, minuteAt(toMillis(event.at))) };
    case "shift-decided": {
      const { step, to, match, at } = event;
      return order({ ...rollout, gate: null }, { type: "shifting", step, to, match, since: at });
    }
    case "weights-shifted":
      return shifted(rollout, event);
    case "minutes-closed":
      return closed(rollout, event);
    case "certificate-awaited":
      return enter(rollout, { type: "certifying", step: event.step, since: event.at });
    case "hook-called":
      return asked(rollout, event);
    case "hook-answered":
      return answered(rollout, event);
    case "approval-awaited":
      return enter(rollout, { type: "approving", step: event.step, since: event.at });
    case "approval-given":
      return rollout.phase.type === "approving"
        ? enter(rollout, { ...rollout.phase, type: "passed" })
        : rollout;
    case "step-passed": {
      const { step, at, note } = event;
      const next = { type: "entering" as const, step: step + 1, since: at, asked: false };
      return enter(rollout, note === undefined ? next : { ...next, note });
    }
    case "rollout-paused":
      return enter(rollout, pause(rollout.phase, event));
    case "rollout-resumed":
      return rollout.phase.type === "paused" ? resume(rollout, rollout.phase, event.at) : rollout;
    default:
      return rollout;
  }
}

/** What is noted beside, whatever phase the rollout is in. */
function evolveNoted(rollout: Admitted, event: RolloutEvent): Admitted {
  switch (event.type) {
    case "growth-held": {
      const { reason, until, at } = event;
      return { ...rollout, gate: { reason, until, since: at }, phase: passes(rollout, at) };
    }
    case "growth-freed":
      return { ...rollout, gate: null };
    case "rollouts-frozen":
      return { ...rollout, frozen: event.frozen };
    case "rollouts-thawed":
      return { ...rollout, frozen: null };
    case "metrics-unreadable":
      return { ...rollout, unreadable: { since: event.at, reason: event.reason } };
    case "metrics-readable":
      return { ...rollout, unreadable: null };
    case "alarm-noted":
      return { ...rollout, alarms: { ...rollout.alarms, [event.alarm.name]: event.alarm.state } };
    case "levels-read":
      return { ...rollout, levels: levelsRead(rollout, event.levels) };
    case "drift-adopted":
      return drifted(rollout, event.actions, { adopted: event.found, accepted: true });
    case "drift-overruled":
      return drifted(rollout, event.actions, { overrule: true, overruled: rollout.drift.overruled + 1 });
    case "share-contradicted":
      return { ...rollout, contradicted: [] };
    default:
      return rollout;
  }
}

/** What leads to an end, and the ends. */
function evolveEnding(rollout: Admitted, event: RolloutEvent): Admitted {
  const { phase } = rollout;
  switch (event.type) {
    case "promotion-decided": {
      const { reason, at } = event;
      return order(rollout, { type: "promoting", reason, since: at, shifted: false });
    }
    case "stay-decided":
      return enter(rollout, { type: "staying", reason: event.reason });
    case "return-decided":
      return enter(rollout, { type: "returning", reason: event.reason, restored: false });
    case "roll-back-decided":
      return enter(rollout, { type: "rolling-back", reason: event.reason, restored: false, asking: null });
    case "drift-found":
      return enter(rollout, { type: "stopping", reason: event.reason });
    case "weights-restored":
      if (phase.type !== "rolling-back" && phase.type !== "returning") return rollout;
      return { ...rollout, phase: { ...phase, restored: true }, warnings: [...event.warnings] };
    case "rollout-promoted":
    case "rollout-rolled-back":
    case "rollout-stopped":
    case "rollout-shifted":
    case "rollout-shifted-back":
      return enter(rollout, { type: "settled", ending: endings[event.type], outcome: event });
    default:
      return rollout;
  }
}

const endings = {
  "rollout-promoted": "promoted",
  "rollout-rolled-back": "rolled-back",
  "rollout-stopped": "stopped",
  "rollout-shifted": "shifted",
  "rollout-shifted-back": "shifted-back",
} as const satisfies Record<string, Ending>;

const enter = (rollout: Admitted, phase: Phase): Admitted => ({ ...rollout, phase });

const order = (rollout: Admitted, phase: Phase): Admitted => ({
  ...rollout,
  phase,
  orders: rollout.orders + 1,
});

/** A shift that drift came in the way of is asked for anew, so that its outcome cannot be noted twice. */
function drifted(rollout: Admitted, actions: readonly Forwarding[], drift: Partial<Drift>): Admitted {
  const { phase, orders } = rollout;
  const again = phase.type === "shifting" || (phase.type === "promoting" && !phase.shifted);
  return {
    ...rollout,
    actions,
    drift: { ...rollout.drift, ...drift },
    contradicted: [],
    orders: again ? orders + 1 : orders,
  };
}

function shifted(rollout: Admitted, event: Extract<RolloutEvent, { type: "weights-shifted" }>): Admitted {
  const { phase } = rollout;
  const after = {
    ...rollout,
    written: event.weight,
    writtenAt: event.at,
    drift: { ...rollout.drift, adopted: [], overrule: false, accepted: false },
    contradicted: [],
    ...(rollout.written === null ? beginWatching(rollout, event.at) : {}),
  };
  if (phase.type === "promoting") return { ...after, matched: null, phase: { ...phase, shifted: true } };
  if (phase.type !== "shifting") return after;
  const measured = startMeasured(event.at);
  return {
    ...after,
    matched: phase.match,
    phase: { type: "baking", step: phase.step, since: event.at, baked: 0, measured },
  };
}

/** Watches from the minute of the first shift: before it the candidate has no traffic, hence no metrics to wait for. */
function beginWatching({ watch, judging }: Admitted, at: string): Pick<Admitted, "watch" | "judging"> {
  const before = Minute.parse(Math.max(watch.closedThrough, minuteAt(toMillis(at)) - 1));
  return {
    watch: { ...watch, closedThrough: before },
    judging: judging && startJudging(judging.plan, minuteAt(toMillis(at))),
  };
}
