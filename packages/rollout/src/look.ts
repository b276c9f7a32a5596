import { minuteAt } from "@espalier/evidence";
import type { Command } from "./command.ts";
import { decide } from "./decide.ts";
import { fromMillis, type Instant, toMillis } from "./instant.ts";
import { act } from "./looking/act.ts";
import { gather, type Part } from "./looking/gather.ts";
import { noteAlarms, noteHook } from "./looking/note-answers.ts";
import { noteFrozen, noteGate } from "./looking/note-gates.ts";
import { closeRead, noteReadable, readLevels } from "./looking/note-metrics.ts";
import { noteShift } from "./looking/note-shift.ts";
import { planRollout } from "./plan/plan-rollout.ts";
import type { Rollout } from "./rollout.ts";
import type { RolloutEvent } from "./rollout-event.ts";
import { type Seen, type Sighting, unseen } from "./seen.ts";

/**
 * What a turn of the workflow leads to at time `at`: what was seen is noted, the commands are answered, and the rollout does
 * whatever it may then. Minutes closed before, outcomes and answers noted before lead to nothing, so a turn may be taken twice.
 */
export function takeTurn(
  rollout: Rollout,
  commands: readonly Command[],
  sighting: Sighting,
  at: Instant,
): RolloutEvent[] {
  if (rollout.status !== "admitted") return commands.flatMap((command) => decide(rollout, command, at));
  const seen: Seen = { ...unseen, ...sighting };
  const { shift, hook } = seen;
  const parts: Part[] = [
    ...(shift ? ([(now) => noteShift(now, shift, at)] satisfies Part[]) : []),
    ...(hook ? ([(now) => noteHook(now, hook, at)] satisfies Part[]) : []),
    (now) => noteFrozen(now, seen, at),
    (now) => noteAlarms(now, seen, at),
    ...commands.map(
      (command): Part =>
        (now) =>
          decide(now, command, at),
    ),
    (now) => (seen.looked ? noteReadable(now, seen, at) : []),
    (now) => (seen.looked && seen.unreadable == null ? planRollout(now, seen, at) : []),
    (now) => noteGate(now, at),
    (now) => (seen.looked ? closeRead(now, seen, at) : []),
    (now) => readLevels(now, seen, at),
    (now) => act(now, at),
  ];
  return gather(rollout, parts);
}

/** A turn without commands. */
export const look = (rollout: Rollout, seen: Sighting, at: Instant): RolloutEvent[] =>
  takeTurn(rollout, [], seen, at);

/** When to look next: just after the next minute's metrics can be there, a minute behind the clock. */
export function nextLook(at: Instant): Instant {
  const now = toMillis(at) - AFTER_THE_MINUTE_MS;
  return fromMillis((minuteAt(now) + 1) * 60_000 + AFTER_THE_MINUTE_MS);
}

// CloudWatch has a minute's Lattice metrics a minute after it ends; a moment more lets them all arrive.
const AFTER_THE_MINUTE_MS = 2_000;
