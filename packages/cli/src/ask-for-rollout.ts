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
  const problems = await refusal(connection, id);
  if (problems === undefined) {
    const watching = `npx espalier rollout watch ${id}${local ? " --local" : ""}`;
    console.log(json ? JSON.stringify({ id }) : `started ${id}\nwatch it: ${watching}`);
    return ExitCode.done;
  }
  if (!json) throw new UserError(problems.join("\n"), { exitCode: ExitCode.refused });
  console.log(JSON.stringify({ id, status: "refused", problems }));
  return ExitCode.refused;
}

/** Waits until the rollout is admitted and listed; answers what was wrong with the request if it was refused. */
async function refusal({ rollouts }: Connection, id: string): Promise<readonly string[] | undefined> {
  for await (const { rollout, meta } of follow(rollouts, id)) {
    if (rollout.status === "refused") return rollout.refusal.problems;
    if (rollout.status === "admitted" && meta?.summary !== undefined) return undefined;
  }
  throw new Error(`the history of ${id} ended before it began`);
}
