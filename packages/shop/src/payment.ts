import { fields } from "./fields.ts";
import { latest } from "./latest.ts";
import { type Routes, refused } from "./route.ts";
import type { ShopVersion } from "./settings.ts";

const REMEMBERED = 1000;

/** POST /payments charges an order, once: the same order again gets the payment it had. The amount is in cents. */
export function payment(version: ShopVersion): Routes {
  const charged = latest<{ readonly amount: number }>(REMEMBERED);
  return {
    "/payments": {
      POST({ body }) {
        const given = fields(body, { order: "text", customer: "text", amount: "whole number" });
        if (typeof given === "string") return refused(400, given);
        if (given.amount <= 0) return refused(400, `amount is ${given.amount}; it is above 0`);
        const known = charged.get(given.order);
        if (known && known.amount !== given.amount)
          return refused(409, "the order was charged another amount");
        if (known) return { status: 200, body: known };
        const made = { ...given, version };
        charged.set(given.order, made);
        return { status: 201, body: made };
      },
    },
  };
}
