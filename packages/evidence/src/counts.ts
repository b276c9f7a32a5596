import * as z from "zod";

/** What one arm (the candidate or the stable group) served in some time: requests, and the bad ones among them. */
export const Counts = z.object({ requests: z.number().nonnegative(), bad: z.number().nonnegative() });
export type Counts = z.infer<typeof Counts>;

/** The counts of both arms over the same time. Only the arm that served a request counts it; weights never enter. */
export const ArmCounts = z.object({ candidate: Counts, stable: Counts });
export type ArmCounts = z.infer<typeof ArmCounts>;

/** Nothing served by either arm: also what a missing minute is worth. */
export const noCounts: ArmCounts = {
  candidate: { requests: 0, bad: 0 },
  stable: { requests: 0, bad: 0 },
};

/** Both arms' counts over two spans of time. */
export function addCounts(one: ArmCounts, other: ArmCounts): ArmCounts {
  return { candidate: add(one.candidate, other.candidate), stable: add(one.stable, other.stable) };
}

function add(one: Counts, other: Counts): Counts {
  return { requests: one.requests + other.requests, bad: one.bad + other.bad };
}
