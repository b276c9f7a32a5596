/** Whether one more request to a service is within what it takes in a second. */
export type WithinRate = (serviceId: string) => boolean;

/**
 * A bucket for each service that holds as many requests as it takes in a second, at least one, and fills at that pace. `now` is wall
 * time in milliseconds, as the requests are the wall's.
 */
export function rateLimit(perSecond: number, now: () => number): WithinRate {
  if (perSecond === Number.POSITIVE_INFINITY) return () => true;
  const most = Math.max(1, perSecond);
  const buckets = new Map<string, { left: number; at: number }>();
  return (serviceId) => {
    const at = now();
    const known = buckets.get(serviceId);
    const bucket = known ?? { left: most, at };
    if (known === undefined) buckets.set(serviceId, bucket);
    bucket.left = Math.min(most, bucket.left + ((at - bucket.at) * perSecond) / 1000);
    bucket.at = at;
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
  };
}
