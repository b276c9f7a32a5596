import { AwsError } from "../../aws-error.ts";

export interface PageRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

/**
 * One page of a list that grows at its end; `descending` reads it from there. The token is the place of an item, by which the
 * list is sorted, so that neither new items, nor some that are gone, nor a changing filter shift the pages. Throws InvalidToken.
 */
export function page<T>(
  all: readonly T[],
  { maxResults = 0, nextToken }: PageRequest,
  {
    descending = false,
    keep = () => true,
    place,
  }: { descending?: boolean; keep?: (item: T) => boolean; place: (item: T, index: number) => number },
): Page<T> {
  const most = maxResults <= 0 ? 100 : Math.min(maxResults, 1000);
  const from = nextToken === undefined ? undefined : placeIn(nextToken);
  const step = descending ? -1 : 1;
  const items: T[] = [];
  for (let at = descending ? all.length - 1 : 0; at >= 0 && at < all.length; at += step) {
    const item = all[at];
    if (item === undefined) continue;
    const itsPlace = place(item, at);
    if (from !== undefined && step * (itsPlace - from) < 0) continue;
    if (!keep(item)) continue;
    if (items.length === most) return { items, nextToken: Buffer.from(`at:${itsPlace}`).toString("base64") };
    items.push(item);
  }
  return { items };
}

function placeIn(token: string): number {
  const [, digits] = /^at:(\d+)$/.exec(Buffer.from(token, "base64").toString()) ?? [];
  if (digits === undefined) throw new AwsError("InvalidToken", "Invalid Token: 'Invalid token'");
  return Number(digits);
}
