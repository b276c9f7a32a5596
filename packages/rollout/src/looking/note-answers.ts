import type { AlarmState } from "../command.ts";
import type { Instant } from "../instant.ts";
import { reasonFor } from "../reasons.ts";
import type { HookOutcome } from "../request/hook.ts";
import type { Admitted, Asking } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import type { Seen } from "../seen.ts";

/** A hook's answer. One to another call than the one that is awaited leads to nothing. */
export function noteHook({ phase }: Admitted, outcome: HookOutcome, at: Instant): RolloutEvent[] {
  const asking: Asking | null =
    phase.type === "asking" ? phase : phase.type === "rolling-back" ? phase.asking : null;
  if (asking === null || asking.answered !== null || asking.attempt !== outcome.attempt) return [];
  return [{ type: "hook-answered", at, ...outcome }];
}

/** The alarms that the request names: one that fires rolls back. */
export function noteAlarms(rollout: Admitted, { alarms }: Seen, at: Instant): RolloutEvent[] {
  const fired = alarms.find((alarm) => fires(rollout, alarm));
  return fired === undefined ? [] : onAlarm(rollout, fired, at);
}

/** What an alarm leads to, which is at least that it is noted. */
export function onAlarm(rollout: Admitted, alarm: AlarmState, at: Instant): RolloutEvent[] {
  const noted: RolloutEvent = { type: "alarm-noted", at, alarm };
  if (!fires(rollout, alarm)) return [noted];
  const because = `the alarm ${alarm.name} fires`;
  return [noted, { type: "roll-back-decided", at, reason: reasonFor("rolled back", rollout, at, because) }];
}

function fires({ request, phase }: Admitted, { name, state }: AlarmState): boolean {
  if (state !== "ALARM" || !request.alarms.includes(name)) return false;
  return !OVER.has(phase.type) && !(phase.type === "promoting" && phase.shifted);
}

const OVER: ReadonlySet<string> = new Set(["staying", "returning", "rolling-back", "stopping", "settled"]);
