import type { Connection } from "./connect.ts";
import { ExitCode, UserError } from "./fail.ts";
import { follow } from "./follow.ts";
import { sendEvent } from "./send-event.ts";
import { live } from "./view/live.ts";
import { watchRollout } from "./watch-rollout.ts";

/** How to ask: `wait` follows the rollout to its end, `local` says that the embedded AWS is talked to. */
export interface Asking {
  readonly wait?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly local?: boolean | undefined;
}

/**
 * Puts an event on the bus that asks for a rollout of this id, and answers the exit code for what came of it: of its end where
 * that is waited for, else of its admission.
 */
export async function askForRollout(
  connection: Connection,
  { id, detailType, detail }: { readonly id: string; readonly detailType: string; readonly detail: object },
  { wait = false, json = false, local = false }: Asking,
): Promise<number> {
  await sendEvent(connection.bus, detailType, detail);
  if (wait) return watchRollout({ connection, id, json, live: live(), sayTimes: true });
  const admission = await admitted(connection, id);
  if (admission.status === "refused" && !json)
    throw new UserError(admission.problems.join("\n"), { exitCode: ExitCode.refused });
  if (json) console.log(JSON.stringify({ id, ...admission }));
  else {
    const { status } = admission;
    const said = status === "queued" ? `queued ${id}: ${admission.reason}` : `started ${id}`;
    console.log(`${said}\nwatch it: npx espalier rollout watch ${id}${local ? " --local" : ""}`);
  }
  return admission.status === "refused" ? ExitCode.refused : ExitCode.done;
}

type Admission =
  | { readonly status: "started" }
  | { readonly status: "queued"; readonly reason: string }
  | { readonly status: "refused"; readonly problems: readonly string[] };

/** Waits until the rollout is refused, or admitted or queued and listed as such: its history is written first. */
async function admitted({ rollouts }: Connection, id: string): Promise<Admission> {
  for await (const { rollout, meta } of follow(rollouts, id)) {
    if (rollout.status === "refused") return { status: "refused", problems: rollout.refusal.problems };
    if (meta?.summary === undefined) continue;
    if (rollout.status === "admitted") return { status: "started" };
    if (rollout.status === "queued") return { status: "queued", reason: rollout.queued.reason };
  }
  throw new Error(`the history of ${id} ended before it began`);
}
