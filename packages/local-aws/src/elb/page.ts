import { invalid } from "./invalid.ts";

/** One page of a list in the order of `keyOf`; the marker is the last key shown. */
export function pageOf<R>(
  all: readonly R[],
  keyOf: (one: R) => string,
  {
    PageSize = 400,
    Marker,
  }: { readonly PageSize?: number | undefined; readonly Marker?: string | undefined },
): { readonly page: R[]; readonly NextMarker?: string } {
  if (PageSize < 1 || PageSize > 400) throw invalid(`PageSize is ${PageSize}; it is 1 to 400`);
  const rest = all
    .filter((one) => Marker === undefined || keyOf(one) > Marker)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const page = rest.slice(0, PageSize);
  const last = page.at(-1);
  return { page, ...(rest.length > page.length && last !== undefined && { NextMarker: keyOf(last) }) };
}
