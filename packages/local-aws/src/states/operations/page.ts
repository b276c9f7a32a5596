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
 * One page of a list that only ever grows at its end; `descending` reads it from there. The token is a place in the whole
 * list, so that neither new items nor a changing filter shift the pages. Throws InvalidToken.
 */
export function page<T>(
  all: readonly T[],
  { maxResults = 0, nextToken }: PageRequest,
  { descending = false, keep = () => true }: { descending?: boolean; keep?: (item: T) => boolean } = {},
): Page<T> {
  const most = maxResults <= 0 ? 100 : Math.min(maxResults, 1000);
  const step = descending ? -1 : 1;
  const first = descending ? all.length - 1 : 0;
  const items: T[] = [];
  for (let at = nextToken === undefined ? first : place(nextToken); at >= 0 && at < all.length; at += step) {
    const item = all[at];
    if (item === undefined || !keep(item)) continue;
    if (items.length === most) return { items, nextToken: Buffer.from(`at:${at}`).toString("base64") };
    items.push(item);
  }
  return { items };
}

function place(token: string): number {
  const [, digits] = /^at:(\d+)$/.exec(Buffer.from(token, "base64").toString()) ?? [];
  if (digits === undefined) throw new AwsError("InvalidToken", "Invalid Token: 'Invalid token'");
  return Number(digits);
}
