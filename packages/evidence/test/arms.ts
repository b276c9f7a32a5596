import type { ArmCounts } from "../src/index.ts";

/** The counts of both arms, in the order of the reference values: candidate requests and bad, stable requests and bad. */
export function arms(requests: number, bad: number, stableRequests: number, stableBad: number): ArmCounts {
  return { candidate: { requests, bad }, stable: { requests: stableRequests, bad: stableBad } };
}
