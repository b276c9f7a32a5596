import type { ArmCounts } from "../traffic/minute-counts.ts";

/** Errors in a hundred requests that the peers' examples take. */
export const ONE_PERCENT = 1;

/** Whether more than `percent` of the requests failed, or their p99 is above 500 ms: more than one in a hundred is slower. */
export function breaches(
  { requests, errors, slowerThan500ms }: Readonly<ArmCounts>,
  percent: number,
): boolean {
  return 100 * errors > percent * requests || 100 * slowerThan500ms > requests;
}
