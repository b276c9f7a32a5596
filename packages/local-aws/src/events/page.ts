import { AwsError } from "../aws-error.ts";

/** One page of a list, and the token of the next if there is one. `code` names the error of a token that is not ours. */
export function page<Item>(
  items: readonly Item[],
  { limit, token, code }: { limit: number; token: string | undefined; code?: string },
): { readonly items: readonly Item[]; readonly next: { readonly NextToken?: string } } {
  const start = readToken(token, code);
  const end = start + limit;
  const next = end < items.length ? { NextToken: writeToken(end) } : {};
  return { items: items.slice(start, end), next };
}

/** How many items the pages before the one that the token names have. */
export function readToken(token: string | undefined, code = "ValidationException"): number {
  if (token === undefined) return 0;
  const text = Buffer.from(token, "base64url").toString();
  if (!/^\d{1,15}$/.test(text)) throw new AwsError(code, "The token specified is invalid.");
  return Number(text);
}

export function writeToken(items: number): string {
  return Buffer.from(String(items)).toString("base64url");
}
