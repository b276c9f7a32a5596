import type { Failure } from "../unconfirmed.ts";

/**
 * How a request ended. `answered`: with a whole answer; `failed`: before any of an answer was sent; `broken`: in the middle
 * of one; `abandoned`: the caller went away.
 */
export type Outcome =
  | { readonly type: "answered"; readonly status: number }
  | { readonly type: "failed"; readonly failure: Failure }
  | { readonly type: "broken"; readonly status: number; readonly failure: Failure }
  | { readonly type: "abandoned" };
