import type { Instant } from "../instant.ts";
import { askedShare } from "../observed/asked-share.ts";
import { MOST_CONTRADICTED } from "../observed/contradicts.ts";
import type { Admitted } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import { onDrift } from "./on-drift.ts";

/** What a share that contradicts the weights for too long leads to: it is taken for drift. */
export function onContradiction(rollout: Admitted, at: Instant): readonly RolloutEvent[] {
  const { contradicted, phase, written, matched } = rollout;
  const asked = askedShare(rollout);
  if (contradicted.length < MOST_CONTRADICTED || asked === undefined || written === null) return [];
  if (phase.type === "paused" || phase.type === "shifting" || phase.type === "promoting") return [];
  const percent = Math.round(1000 * asked) / 10;
  const found = `for ${contradicted.length} minutes the share observed has contradicted the ${percent}% asked for`;
  const told: RolloutEvent = {
    type: "share-contradicted",
    at,
    reason: found,
    asked: percent,
    minutes: [...contradicted],
  };
  const drift = onDrift(rollout, found, undefined, at);
  if (!drift.some(({ type }) => type === "drift-overruled")) return [told, ...drift];
  const step = "step" in phase ? phase.step : 0;
  const reason = `writing ${written}% again`;
  return [told, ...drift, { type: "shift-decided", at, to: written, match: matched, step, reason }];
}
