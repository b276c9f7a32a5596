import { isNotFound } from "../translated.ts";
import { inParallel } from "./in-parallel.ts";

/** Reads every item, a few at a time. Things go while they are read: what is gone is left out. */
export async function readEach<Item, Result>(
  items: readonly Item[],
  read: (item: Item) => Promise<Result | undefined>,
): Promise<Result[]> {
  const results = await inParallel(items, (item) =>
    read(item).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    }),
  );
  return results.filter((result) => result !== undefined);
}
