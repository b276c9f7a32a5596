import type { MetricDataResult } from "@aws-sdk/client-cloudwatch";
import { readToken, writeToken } from "../events/page.ts";

/**
 * The next `limit` data points of a list of results. A result that goes on in the next page says PartialData; a later page has
 * only the results that it continues.
 */
export function pageOfResults(
  results: readonly MetricDataResult[],
  limit: number,
  token: string | undefined,
): { MetricDataResults: MetricDataResult[]; NextToken?: string } {
  const skipped = readToken(token, "InvalidNextToken");
  const page: MetricDataResult[] = [];
  let before = 0;
  for (const result of results) {
    const length = result.Values?.length ?? 0;
    const from = Math.max(0, skipped - before);
    const to = Math.min(length, skipped + limit - before);
    before += length;
    const belongsHere = to > from || (length === 0 && token === undefined);
    if (!belongsHere) continue;
    page.push({
      ...result,
      Timestamps: result.Timestamps?.slice(from, to),
      Values: result.Values?.slice(from, to),
      StatusCode: to < length ? "PartialData" : "Complete",
    });
  }
  const end = skipped + limit;
  return {
    MetricDataResults: page,
    ...(end < before ? { NextToken: writeToken(end) } : {}),
  };
}
