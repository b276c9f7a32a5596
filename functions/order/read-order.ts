import * as z from "zod";

/** What a customer orders. */
export const Order = z.object({
  customer: z.string().min(1).max(100),
  item: z.string().min(1).max(100),
  quantity: z.int().min(1).max(100),
});
export type Order = z.infer<typeof Order>;

const EXPECTED: Readonly<Record<string, string>> = {
  customer: "text of 1 to 100 characters",
  item: "text of 1 to 100 characters",
  quantity: "a whole number from 1 to 100",
};

/** Why an order cannot be read, and the field to blame where it is one. */
export interface Unreadable {
  readonly error: string;
  readonly field?: string;
}

/** Reads an order from the text of a request's body. */
export function readOrder(text: string): Order | Unreadable {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { error: "the body is not JSON" };
  }
  const result = Order.safeParse(body, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path[0];
  if (typeof field !== "string")
    return { error: "the body is not an order: it is an object with customer, item and quantity" };
  const given = issue?.input === undefined ? "is missing" : `is ${JSON.stringify(issue.input).slice(0, 80)}`;
  return { error: `${field} ${given}; it is ${EXPECTED[field]}`, field };
}
