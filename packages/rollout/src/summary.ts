import { ArmCounts, minuteStart } from "@espalier/evidence";
import * as z from "zod";
import { stepsOf } from "./adaptive/act-adaptive.ts";
import { fromMillis, Instant, toMillis } from "./instant.ts";
import { presentWeight, verdictOf } from "./reasons.ts";
import type { Admitted, Phase, Rollout } from "./rollout.ts";

/** A rollout in brief, for lists and screens. `weight` is the candidate's share in percent, `evidence` odds to 1. */
export const RolloutSummary = z.object({
  id: z.string(),
  service: z.string(),
  candidate: z.string(),
  stable: z.string().optional(),
  status: z.enum([
    ...([
      "refused",
      "starting",
      "shifting",
      "baking",
      "paused",
      "promoting",
      "rolling-back",
      "stopping",
    ] as const),
    ...(["promoted", "rolled-back", "stopped"] as const),
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
});
export type RolloutSummary = z.infer<typeof RolloutSummary>;

/** Sums up a rollout; undefined while nothing is known of it. */
export function summary(rollout: Rollout): RolloutSummary | undefined {
  if (rollout.status === "unknown") return undefined;
  if (rollout.status === "admitted") return summaryOf(rollout);
  const { id, service, candidate, at, problems } = rollout.refusal;
  return { id, service, candidate, at, status: "refused", reason: problems.join("; ") };
}

function summaryOf(rollout: Admitted): RolloutSummary {
  const { phase, strategy, adaptive } = rollout;
  const step = stepOf(phase);
  const steps = strategy.type === "canary" ? strategy.steps.length : adaptive && stepsOf(adaptive.plan);
  const reason = reasonOf(rollout);
  const { evidence, threshold, counts } = verdictOf(rollout, false);
  return {
    id: rollout.id,
    service: rollout.service.name,
    candidate: rollout.candidate.name,
    stable: rollout.stable.name,
    status: phase.type === "settled" ? phase.ending : phase.type,
    at: rollout.startedAt,
    weight:
      phase.type === "settled" && phase.ending === "rolled-back"
        ? phase.outcome.weight
        : presentWeight(rollout),
    ...(step === undefined ? {} : { step: step + 1 }),
    ...(steps === null ? {} : { steps }),
    ...{ counts, evidence, threshold },
    ...(phase.type === "settled" ? { minutes: phase.outcome.minutes } : {}),
    ...(reason === undefined ? {} : { reason }),
  };
}

function stepOf(phase: Phase): number | undefined {
  const held = phase.type === "paused" ? phase.held : phase;
  return held.type === "shifting" || held.type === "baking" ? held.step : undefined;
}

function reasonOf({ phase, strategy, adaptive }: Admitted): string | undefined {
  switch (phase.type) {
    case "settled":
      return phase.outcome.reason;
    case "promoting":
    case "rolling-back":
    case "stopping":
      return phase.reason;
    case "paused":
      return `paused${phase.by === undefined ? "" : ` by ${phase.by}`}${phase.why === undefined ? "" : `, "${phase.why}"`}; waits to be resumed, promoted or aborted`;
    case "baking": {
      if (strategy.type === "adaptive") return adaptive ? adaptiveReason(adaptive) : undefined;
      const minutes = strategy.steps[phase.step]?.bakeMinutes ?? 0;
      const end = fromMillis(toMillis(phase.since) + minutes * 60_000 - phase.baked);
      return `bakes until ${end}, and until the metrics of its minutes are there`;
    }
    default:
      return undefined;
  }
}

function adaptiveReason({ plan, progress }: NonNullable<Admitted["adaptive"]>): string {
  const { state } = progress.step;
  const { holdBack, steps } = plan.ramp;
  if (state.phase === "holding-back" && holdBack !== null) {
    const end = fromMillis(minuteStart(state.since + holdBack.minutes));
    return `holds ${(100 * holdBack.share).toFixed(0)}% back on the stable group until ${end}, and compares`;
  }
  const next = steps[state.level + 1];
  if (next === undefined) return "bakes before promotion, and compares";
  return `compares; goes on when certificates allow, or after ${next.cap} min if nothing looks suspicious`;
}
