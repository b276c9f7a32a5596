import { subscribe, unsubscribe } from "node:diagnostics_channel";

/** Where node:http and fetch say that an answer has begun to arrive, before their caller knows. */
const ANSWERED = ["http.client.response.finish", "undici:request:headers"];

/**
 * Prepares what the invocation is to suffer. The answer is called when the handler is done.
 *
 * @param {import("./messages.ts").PostedInvocation} invocation
 * @param {(message: import("./messages.ts").WorkerMessage) => void} tell
 * @returns {() => void}
 */
export function mishap({ mishap, thawed }, tell) {
  if (mishap === undefined) return () => {};
  let answers = 0;
  let struck = false;
  const strike = () => {
    struck = true;
    if (mishap.type === "crash") process.exit(1);
    tell({ type: "frozen" });
    Atomics.wait(thawed, 0, 0);
  };
  const answered = () => {
    answers += 1;
    if (!struck && answers >= mishap.afterCalls) strike();
  };
  for (const channel of ANSWERED) subscribe(channel, answered);
  if (mishap.afterCalls === 0) strike();
  return () => {
    for (const channel of ANSWERED) unsubscribe(channel, answered);
    if (!struck) strike();
    // What was frozen has nobody left to answer to.
    process.exit(0);
  };
}
