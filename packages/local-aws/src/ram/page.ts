import { AwsError } from "../aws-error.ts";

interface Asked {
  readonly maxResults: number | undefined;
  readonly nextToken: string | undefined;
}

/** One page of a list; the token is the place to go on at. Throws InvalidNextTokenException. */
export function pageOf<R>(all: readonly R[], { maxResults = 500, nextToken }: Asked) {
  if (maxResults < 1 || maxResults > 500) {
    throw new AwsError("InvalidMaxResultsException", `maxResults is ${maxResults}; it is 1 to 500`);
  }
  const start = nextToken === undefined ? 0 : Number(nextToken);
  if (!Number.isInteger(start) || start < 0) {
    throw new AwsError("InvalidNextTokenException", `nextToken "${nextToken}" is not one of this list`);
  }
  const end = start + maxResults;
  return { items: all.slice(start, end), nextToken: end < all.length ? String(end) : undefined };
}
