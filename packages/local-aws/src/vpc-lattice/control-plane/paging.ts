import { invalid } from "./errors.ts";

interface Page {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/**
 * One page of `records` in the order of their keys. The token names the last key given out, so that a record made or
 * deleted between two pages moves no other.
 */
export function pageOf<R>(
  records: readonly R[],
  keyOf: (record: R) => string,
  { maxResults = 100, nextToken }: Page,
): { readonly records: R[]; readonly nextToken: string | undefined } {
  const after = nextToken === undefined ? undefined : decode(nextToken);
  const rest = records
    .map((record) => ({ key: keyOf(record), record }))
    .filter(({ key }) => after === undefined || key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const page = rest.slice(0, maxResults);
  const last = page.at(-1);
  return {
    records: page.map(({ record }) => record),
    nextToken: rest.length > page.length && last !== undefined ? encode(last.key) : undefined,
  };
}

function encode(key: string): string {
  return Buffer.from(`after ${key}`).toString("base64url");
}

function decode(token: string): string {
  const text = Buffer.from(token, "base64url").toString();
  if (!text.startsWith("after ")) throw invalid({ name: "nextToken", message: "Not a token of this list" });
  return text.slice("after ".length);
}
