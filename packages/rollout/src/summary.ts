import { ArmCounts } from "@espalier/evidence";
import * as z from "zod";
import { rampOf, rampSteps } from "./adaptive/ramp-of.ts";
import { Instant } from "./instant.ts";
import { queuedUntil } from "./queued-until.ts";
import { oddsOf, presentWeight } from "./reasons.ts";
import type { Admitted, Phase, Rollout } from "./rollout.ts";
import { stepsOf } from "./strategy/steps-of.ts";
import { waitingFor } from "./waiting-for.ts";

/** A rollout in brief, for lists and screens. `weight` is the candidate's share in percent, `evidence` odds to 1. */
export const RolloutSummary = z.object({
  id: z.string(),
  service: z.string(),
  candidate: z.string(),
  stable: z.string().optional(),
  status: z.enum([
    ...([
      "refused",
      "queued",
      "starting",
      "waiting",
      "shifting",
      "baking",
      "certifying",
      "asking",
      "approving",
    ] as const),
    ...(["holding-back", "paused", "promoting", "staying", "returning", "rolling-back", "stopping"] as const),
    ...(["promoted", "rolled-back", "stopped", "shifted", "shifted-back"] as const),
  ]),
  at: Instant,
  weight: z.number().optional(),
  step: z.int().positive().optional(),
  steps: z.int().positive().optional(),
  counts: ArmCounts.optional(),
  evidence: z.number().optional(),
  threshold: z.number().optional(),
  minutes: z.number().optional(),
  /** Why it ended or is ending, or what it waits for. */
  reason: z.string().optional(),
  /** Until when it waits at most. */
  until: Instant.optional(),
  /** When it ended. */
  endedAt: Instant.optional(),
});
export type RolloutSummary = z.infer<typeof RolloutSummary>;

/** Sums up a rollout; undefined while nothing is known of it. */
export function summary(rollout: Rollout): RolloutSummary | undefined {
  if (rollout.status === "unknown") return undefined;
  if (rollout.status === "admitted") return summaryOf(rollout);
  if (rollout.status === "queued") {
    const { id, service, candidate, at, reason } = rollout.queued;
    return { id, service, candidate, at, status: "queued", reason, until: queuedUntil(rollout.queued) };
  }
  const { id, service, candidate, at, problems } = rollout.refusal;
  return { id, service, candidate, at, status: "refused", reason: problems.join("; ") };
}

function summaryOf(rollout: Admitted): RolloutSummary {
  const { phase, request, watch } = rollout;
  const step = stepOf(phase);
  const ramp = rampOf(rollout.judging);
  const steps =
    (request.strategy.type === "adaptive"
      ? ramp && rampSteps(ramp.plan)
      : stepsOf(request.strategy).length) || null;
  const waiting = waitingFor(rollout);
  const reason =
    "reason" in phase ? phase.reason : phase.type === "settled" ? phase.outcome.reason : waiting?.for;
  return {
    id: rollout.id,
    service: rollout.service.name,
    candidate: rollout.candidate.name,
    stable: rollout.stable.name,
    status: statusOf(rollout),
    at: rollout.startedAt,
    weight: phase.type === "settled" ? phase.outcome.weight : presentWeight(rollout),
    ...(step === undefined || steps === null ? {} : { step: Math.min(step + 1, steps), steps }),
    ...(step === undefined && steps !== null ? { steps } : {}),
    counts: watch.counts,
    ...oddsOf(rollout),
    ...(phase.type === "settled" ? { minutes: phase.outcome.minutes, endedAt: phase.outcome.at } : {}),
    ...(reason === undefined ? {} : { reason }),
    ...(waiting === undefined ? {} : { until: waiting.until }),
  };
}

function statusOf({ phase, judging }: Admitted): RolloutSummary["status"] {
  switch (phase.type) {
    case "settled":
      return phase.ending;
    case "entering":
    case "passed":
      return "waiting";
    case "baking":
      return rampOf(judging)?.step.state.phase === "holding-back" ? "holding-back" : "baking";
    default:
      return phase.type;
  }
}

function stepOf(phase: Phase): number | undefined {
  const held = phase.type === "paused" ? phase.held : phase;
  return "step" in held ? held.step : undefined;
}
