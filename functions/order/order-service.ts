import { bodyText, jsonResponse, type LatticeRequest, type LatticeResponse } from "./lattice-http.ts";
import { type Order, readOrder } from "./read-order.ts";
import { type ShopServices, StepFailed } from "./shop-services.ts";

export interface OrderServiceParts extends ShopServices {
  readonly newId: () => string;
}

/** Answers POST /orders and GET /health. An error says which step failed, and a field that is wrong is named. */
export function orderService(parts: OrderServiceParts) {
  return async (request: LatticeRequest): Promise<LatticeResponse> => {
    const [path] = request.path.split("?");
    switch (path) {
      case "/health":
        return request.method === "GET" ? jsonResponse(200, { status: "healthy" }) : notAllowed(path, "GET");
      case "/orders":
        return request.method === "POST" ? takeOrder(parts, bodyText(request)) : notAllowed(path, "POST");
      default:
        return jsonResponse(404, { error: `there is nothing at ${path}` });
    }
  };
}

async function takeOrder(parts: OrderServiceParts, text: string): Promise<LatticeResponse> {
  const order = readOrder(text);
  if ("error" in order) return jsonResponse(400, order);
  try {
    return await placeOrder(parts, order);
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    const { step, status, message, timedOut } = error;
    return jsonResponse(timedOut ? 504 : 502, {
      error: message,
      step,
      ...(status === undefined ? {} : { status }),
    });
  }
}

/** The order's id makes payment and delivery happen once, should a caller's SDK or Lattice send them again. */
async function placeOrder(
  { stockOf, charge, deliver, newId }: OrderServiceParts,
  order: Order,
): Promise<LatticeResponse> {
  const { item, quantity } = order;
  const stock = await stockOf(item);
  if (stock === undefined) return jsonResponse(404, { error: `there is no item "${item}"`, field: "item" });
  if (stock.available < quantity) {
    return jsonResponse(409, { error: `there are only ${stock.available} of ${item}`, field: "quantity" });
  }
  const numbered = { order: newId(), ...order };
  const amount = stock.price * quantity;
  await charge(numbered, amount);
  const { days } = await deliver(numbered);
  return jsonResponse(201, { ...numbered, amount, days });
}

function notAllowed(path: string, method: string): LatticeResponse {
  return jsonResponse(405, { error: `${path} takes ${method}` });
}
