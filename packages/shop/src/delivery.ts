import { fields } from "./fields.ts";
import { latest } from "./latest.ts";
import { type Routes, refused } from "./route.ts";
import type { ShopVersion } from "./settings.ts";

const REMEMBERED = 1000;

/** POST /delivery arranges one for an order, once; GET /delivery?order= tells of it. */
export function delivery(version: ShopVersion): Routes {
  const arranged = latest<object>(REMEMBERED);
  return {
    "/delivery": {
      POST({ body }) {
        const given = fields(body, {
          order: "text",
          customer: "text",
          item: "text",
          quantity: "whole number",
        });
        if (typeof given === "string") return refused(400, given);
        const known = arranged.get(given.order);
        if (known) return { status: 200, body: known };
        const made = { ...given, days: given.quantity > 10 ? 5 : 2, version };
        arranged.set(given.order, made);
        return { status: 201, body: made };
      },
      GET({ query }) {
        const known = arranged.get(query.get("order") ?? "");
        return known ? { status: 200, body: known } : refused(404, "there is no delivery for this order");
      },
    },
  };
}
