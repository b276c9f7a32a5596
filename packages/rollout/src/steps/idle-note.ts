import type { Admitted } from "../rollout.ts";

/** No traffic is no failure, but has to be said: where there was none at all, the numbers say so themselves. */
export function idleNote({ candidate, watch, phase, written }: Admitted): string | undefined {
  if (phase.type !== "baking" || written === 0) return undefined;
  const { counted, requests } = phase.measured;
  if (counted === 0 || requests > 0 || watch.counts.candidate.requests === 0) return undefined;
  return `${candidate.name} served no requests in the step's ${counted} minutes`;
}
