import { minuteAt } from "@espalier/evidence";
import { unpause } from "../adaptive/adaptive-progress.ts";
import { fromMillis, type Instant, toMillis } from "../instant.ts";
import type { Admitted, Held, Phase } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";

type Paused = Extract<Phase, { type: "paused" }>;

/** A phase that can be paused. */
export function isHeld(phase: Phase): phase is Held {
  return !UNHELD.has(phase.type);
}

const UNHELD: ReadonlySet<Phase["type"]> = new Set([
  "paused",
  "promoting",
  "staying",
  "returning",
  "rolling-back",
  "stopping",
  "settled",
]);

/** The phase after a pause began. */
export function pause(phase: Phase, event: Extract<RolloutEvent, { type: "rollout-paused" }>): Phase {
  if (!isHeld(phase)) return phase;
  return {
    type: "paused",
    since: event.at,
    ...(event.by === undefined ? {} : { by: event.by }),
    ...(event.why === undefined ? {} : { why: event.why }),
    held: stopBaking(phase, event.at),
  };
}

/** The rollout after a pause has ended: it goes on where it was, and the pause counts for nothing. */
export function resume(rollout: Admitted, { held, since }: Paused, at: Instant): Admitted {
  const minutes = Math.max(0, minuteAt(toMillis(at)) - minuteAt(toMillis(since)));
  const { judging, unreadable } = rollout;
  const ramp = judging?.ramp ?? null;
  return {
    ...rollout,
    phase: goOn(held, since, at),
    unreadable: unreadable && { ...unreadable, since: at },
    judging: judging && { ...judging, ramp: ramp && unpause(ramp, minutes) },
  };
}

function stopBaking(held: Held, at: Instant): Held {
  if (held.type !== "baking") return held;
  return { ...held, since: at, baked: held.baked + Math.max(0, toMillis(at) - toMillis(held.since)) };
}

/** Minutes that were missing in a pause are nobody's fault, and do not end what goes on. */
function goOn(held: Held, paused: Instant, at: Instant): Held {
  if (held.type === "starting") return held;
  if (held.type === "baking") return { ...held, since: at, measured: { ...held.measured, missing: 0 } };
  const lasted = Math.max(0, toMillis(at) - toMillis(paused));
  return { ...held, since: fromMillis(toMillis(held.since) + lasted) };
}
