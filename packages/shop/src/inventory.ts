import { type Routes, refused } from "./route.ts";
import type { ShopVersion } from "./settings.ts";

/** What is sold: pieces in each warehouse, and the price of one in cents. */
const STOCK: Readonly<
  Record<string, { readonly north: number; readonly south: number; readonly price: number }>
> = {
  "apple-cordon": { north: 400, south: 220, price: 2900 },
  "pear-fan": { north: 180, south: 350, price: 3400 },
  "fig-fan": { north: 0, south: 90, price: 4200 },
  trellis: { north: 1000, south: 1000, price: 1500 },
  "training-wire": { north: 5000, south: 4000, price: 300 },
};

/** GET /stock: how much there is, of everything or of `?item=`. From v2 on it also says where. */
export function inventory(version: ShopVersion): Routes {
  const view = (item: string, { north, south, price }: NonNullable<(typeof STOCK)[string]>) => ({
    item,
    available: north + south,
    price,
    ...(version === "v1" ? {} : { warehouses: { north, south } }),
  });
  return {
    "/stock": {
      GET({ query }) {
        const item = query.get("item");
        if (item === null) {
          return {
            status: 200,
            body: { version, items: Object.entries(STOCK).map(([name, it]) => view(name, it)) },
          };
        }
        const found = Object.hasOwn(STOCK, item) ? STOCK[item] : undefined;
        if (found === undefined) return refused(404, `there is no item "${item}"`);
        return { status: 200, body: { version, ...view(item, found) } };
      },
    },
  };
}
