import type { Rollout } from "@espalier/rollout";

/** What a request that was never admitted asked for, as far as its history knows: nothing but its service where it has none. */
export function askedIn(rollout: Rollout, service: string) {
  if (rollout.status !== "queued") return { service, candidate: "unknown" };
  const { service: name, candidate, request } = rollout.queued;
  return { service: name, candidate, request };
}
