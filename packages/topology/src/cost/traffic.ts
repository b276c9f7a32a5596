/** What a service carried in some hours. */
export interface Traffic {
  /** How many hours it was looked at. */
  readonly hours: number;
  /** Of each hour that had any. */
  readonly requests: readonly number[];
  /** Of requests and answers together. */
  readonly bytes: number;
}

/** A service that is asked at the same rate at all hours. */
export function steadyTraffic(requestsPerSecond: number, bytesPerRequest: number): Traffic {
  const requests = requestsPerSecond * 3600;
  return { hours: 1, requests: [requests], bytes: requests * bytesPerRequest };
}
