import type { Door } from "./wire/endpoint.ts";
import type { WireResponse } from "./wire/protocol.ts";

/** `/_local/reset`: POST empties every service. */
export function resetDoor(reset: () => Promise<void>): Door {
  return async ({ method, headers }) => {
    if (method !== "POST") return answer(405, { message: `${method} is not offered here: POST is` });
    // A browser names the page that asks; no page may empty this.
    if (headers.origin !== undefined) return answer(403, { message: "pages of a browser may not do this" });
    await reset();
    return answer(200, {});
  };
}

function answer(status: number, body: object): WireResponse {
  return { status, headers: { "content-type": "application/json" }, body: `${JSON.stringify(body)}\n` };
}
