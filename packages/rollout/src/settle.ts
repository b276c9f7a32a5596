import { ratioInterval, startRatio } from "@espalier/evidence";
import type { Command } from "./command.ts";
import { decide } from "./decide.ts";
import { evolve } from "./evolve/evolve.ts";
import type { Instant } from "./instant.ts";
import { minutesSince, presentWeight, toldOdds, verdictOf } from "./reasons.ts";
import type { Admitted, Rollout } from "./rollout.ts";
import type { Outcome, RolloutEvent } from "./rollout-event.ts";

/**
 * The last events of a history: the outcome with its numbers, and an answer to each command that came too late to be
 * followed. A rollout that is already settled only answers commands.
 */
export function settle(rollout: Rollout, late: readonly Command[], at: Instant): RolloutEvent[] {
  const ending = rollout.status === "admitted" ? endingOf(rollout, at) : [];
  const settled = ending.reduce(evolve, rollout);
  return [...ending, ...late.flatMap((command) => decide(settled, command, at))];
}

const endings = {
  promoting: "rollout-promoted",
  staying: "rollout-shifted",
  returning: "rollout-shifted-back",
  "rolling-back": "rollout-rolled-back",
  stopping: "rollout-stopped",
} as const;

function endingOf(rollout: Admitted, at: Instant): RolloutEvent[] {
  const { phase } = rollout;
  if (phase.type === "settled") return [];
  if ("reason" in phase) return [{ type: endings[phase.type], ...outcome(rollout, phase.reason, at) }];
  return [{ type: "rollout-stopped", ...outcome(rollout, "stopped before it had come to an end", at) }];
}

const UNKNOWN = ratioInterval(startRatio(), 0.05);

function outcome(rollout: Admitted, reason: string, at: Instant): Outcome {
  const verdict = verdictOf(rollout, true);
  const { metrics = [], evidence = 1, threshold = 1 / rollout.request.alpha } = verdict ?? {};
  const failures = metrics.find(({ name }) => name === "errors") ?? metrics[0];
  return {
    at,
    reason,
    minutes: minutesSince(rollout, at),
    weight: presentWeight(rollout),
    counts: rollout.watch.counts,
    ratio: failures?.ratio ?? UNKNOWN,
    ...{ evidence: toldOdds(evidence), threshold },
    metrics: metrics.map((metric) => ({
      ...metric,
      evidence: toldOdds(metric.evidence),
      suspicion: toldOdds(metric.suspicion),
    })),
    levels: Object.values(rollout.levels).map(({ name, minute, value }) => ({ name, minute, value })),
    warnings: [...rollout.warnings],
  };
}
