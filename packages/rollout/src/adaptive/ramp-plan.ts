import * as z from "zod";

const share = z.number().gt(0).max(1);

/** The smallest share that Lattice's whole numbers can express, and what a used-up budget leaves. */
export const SMALLEST_SHARE = 0.001;

/** The ramp's thresholds, recorded with each rollout so that its history replays alike in every release; see rampConstants. */
export const RampTuning = z.object({
  bake: z.number(),
  bakeCap: z.number(),
  suspicionHoldsCertified: z.number(),
  suspicionHolds: z.number(),
  suspicionShrinks: z.number(),
  shrunk: z.number(),
  informative: z.number(),
  suspicionAtLastStep: z.number(),
  doubtWidens: z.number(),
  doubtHeldBack: z.number(),
  doubtProlongs: z.number(),
  holdBackDoubt: z.number(),
  budgetBeta: z.number(),
  budgetMinutes: z.number(),
});
export type RampTuning = z.infer<typeof RampTuning>;

/** What a ramp does, fixed before the first shift. Shares are from 0 to 1, those of the tuning in percent. */
export const RampPlan = z.object({
  version: z.literal(1),
  /** The service's requests a minute, by its history; 0 where nothing is known. */
  requestsPerMinute: z.number().nonnegative(),
  firstShare: share,
  /** The steps, each with the minutes after which it is entered without a certificate. */
  steps: z.array(z.object({ share, cap: z.number().nonnegative() })).min(1),
  /** After so many suspicious minutes the share no longer shrinks, but goes to where evidence comes fastest. */
  longSuspicion: z.number().nonnegative(),
  /** The bad requests that the rollout may cost; null for no limit. */
  budget: z.number().positive().nullable(),
  /** The share that stays on the stable group after promotion, and for how many minutes. */
  holdBack: z.object({ share, minutes: z.number().nonnegative() }).nullable(),
  tuning: RampTuning,
});
export type RampPlan = z.infer<typeof RampPlan>;

/** Where a ramp is. Minutes are counted on whatever clock its looks are. */
export const RampState = z.object({
  version: z.literal(1),
  /** The step it is on; -1 at the first share. */
  level: z.int().min(-1),
  /** The minute of the last look, and the one in which the share last moved up. */
  now: z.number(),
  since: z.number(),
  /** The suspicious minutes so far. */
  suspicious: z.number().nonnegative(),
  /** How many minutes had been counted when the share last moved up. */
  counted: z.number().nonnegative(),
  phase: z.enum(["ramping", "holding-back", "done", "rolled-back"]),
});
export type RampState = z.infer<typeof RampState>;

/** Before the first look, in the minute of the first shift. */
export function startRamp(now: number): RampState {
  return { version: 1, level: -1, now, since: now, suspicious: 0, counted: 0, phase: "ramping" };
}
