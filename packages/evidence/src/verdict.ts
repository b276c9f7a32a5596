import * as z from "zod";
import { ArmCounts } from "./counts.ts";

/**
 * What the evidence entitles a rollout to say. `fail`: the candidate is worse. `pass`: the time set for watching it is over
 * and the evidence never reached its threshold. `undecided`: neither, yet.
 */
export const Verdict = z.object({
  outcome: z.enum(["pass", "fail", "undecided"]),
  /** Odds to 1 against "no worse". */
  evidence: z.number().nonnegative(),
  /** The odds at which a candidate is called worse: 1/alpha. */
  threshold: z.number().positive(),
  counts: ArmCounts,
});
export type Verdict = z.infer<typeof Verdict>;

/** What a verdict is made from. `alpha` is the chance allowed of ever failing a candidate that is no worse. */
export interface Watched {
  readonly evidence: number;
  readonly alpha: number;
  readonly counts: ArmCounts;
  /** Whether the time set for watching is over. */
  readonly over: boolean;
}

/** Judges what was watched. */
export function judge({ evidence, alpha, counts, over }: Watched): Verdict {
  const threshold = 1 / alpha;
  const outcome = evidence >= threshold ? "fail" : over ? "pass" : "undecided";
  return { outcome, evidence, threshold, counts };
}
