import type { Rollout, RolloutRequest } from "@espalier/rollout";

/** What a refusal says that was asked for, the request too where it could be read. */
export interface AskedFor {
  readonly service: string;
  readonly candidate: string;
  readonly request?: RolloutRequest;
}

/** What a request that was never admitted asked for, as far as its history knows: nothing but its service where it has none. */
export function askedIn(rollout: Rollout, service: string): AskedFor {
  if (rollout.status !== "queued") return { service, candidate: "unknown" };
  const { service: name, candidate, request } = rollout.queued;
  return { service: name, candidate, request };
}
