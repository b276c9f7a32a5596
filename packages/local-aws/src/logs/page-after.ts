/**
 * The page of `items`, which are in the order of their keys, that follows the key `after`; `next` is the key to go on
 * after, if there is more.
 */
export function pageAfter<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { limit, after }: { readonly limit: number; readonly after: string | undefined },
): { readonly page: readonly Item[]; readonly next: string | undefined } {
  const rest = after === undefined ? items : items.filter((item) => keyOf(item) > after);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return { page, next: rest.length > page.length && last !== undefined ? keyOf(last) : undefined };
}
