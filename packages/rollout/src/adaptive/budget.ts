import { type ArmCounts, worstRate } from "@espalier/evidence";
import type { RampPlan } from "./ramp-plan.ts";

/**
 * The largest share at which a candidate as bad as not yet excluded keeps within a budget of bad requests until the next looks
 * can take the share back. What the candidate has cost already, beyond what the stable rate explains, is spent. Without a history
 * the traffic is what was counted so far. What is excluded are rates of the whole time: a candidate that was clean for long and begins to
 * fail counts as excluded for a while, so that a late fault is bounded by what it has spent and by evidence, not by this share.
 */
export function affordableShare(
  { budget, requestsPerMinute, tuning }: RampPlan,
  { candidate, stable }: ArmCounts,
  countedMinutes: number,
): number {
  const seen = (candidate.requests + stable.requests) / Math.max(1, countedMinutes);
  const traffic = requestsPerMinute > 0 ? requestsPerMinute : seen;
  if (budget === null || traffic === 0) return 1;
  const usual = stable.requests > 0 ? stable.bad / stable.requests : 0;
  const spent = Math.max(0, candidate.bad - candidate.requests * usual);
  const worst = Math.max(0, worstRate(candidate, tuning.budgetBeta) - usual);
  const perMinute = traffic * worst * tuning.budgetMinutes;
  return perMinute === 0 ? 1 : Math.max(0, budget - spent) / perMinute;
}
