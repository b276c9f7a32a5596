import { AwsError } from "../aws-error.ts";

/** One page of a list, and the token of the next if there is one. `code` names the error of a token that is not ours. */
export function page<Item>(
  items: readonly Item[],
  { limit, token, code = "ValidationException" }: { limit: number; token: string | undefined; code?: string },
): { readonly items: readonly Item[]; readonly next: { readonly NextToken?: string } } {
  const start = token === undefined ? 0 : Number(Buffer.from(token, "base64url").toString());
  if (!Number.isSafeInteger(start) || start < 0) throw new AwsError(code, "The NextToken is not valid.");
  const end = start + limit;
  const next = end < items.length ? { NextToken: Buffer.from(String(end)).toString("base64url") } : {};
  return { items: items.slice(start, end), next };
}
