import { randomUUID } from "node:crypto";
import { defineCommand } from "citty";
import { jsonOption, stageOption } from "../../common-options.ts";
import { type Connection, connect } from "../../connect.ts";
import { ExitCode, UserError } from "../../fail.ts";
import { follow } from "../../follow.ts";
import { readRequest } from "../../read-request.ts";
import { requestOptions, requestSaid } from "../../request-options.ts";
import { sendEvent } from "../../send-event.ts";
import { live } from "../../view/live.ts";
import { watchRollout } from "../../watch-rollout.ts";
import { whoAsks } from "../../who-asks.ts";

/** `espalier rollout start`. */
export const start = defineCommand({
  meta: {
    name: "start",
    description:
      "Ask for a rollout, from a YAML file or by options. Ends with 0 when it is admitted, 5 refused; with --wait 0 promoted, 3 rolled back, 4 stopped",
  },
  args: {
    ...requestOptions,
    id: { type: "string", description: "An id of your own; the same id twice is one rollout" },
    wait: { type: "boolean", description: "Follow the rollout to its end" },
    ...jsonOption,
    ...stageOption,
  },
  async run({ args, rawArgs, data }) {
    const request = readRequest({ ...requestSaid(args, rawArgs), id: args.id });
    const id = request.id ?? `${request.service.replace(/^.*\//, "")}-${randomUUID().slice(0, 8)}`;
    const connection = await connect(args);
    await sendEvent(connection.bus, "Rollout Requested", {
      requestedBy: whoAsks(),
      ...request,
      id,
    });
    if (args.wait)
      return watchRollout({ connection, id, json: args.json ?? false, live: live(), sayTimes: true });
    const problems = await refusal(connection, id);
    if (problems === undefined) {
      const watching = `npx espalier rollout watch ${id}${data?.local ? " --local" : ""}`;
      console.log(args.json ? JSON.stringify({ id }) : `started ${id}\nwatch it: ${watching}`);
      return ExitCode.done;
    }
    if (!args.json) throw new UserError(problems.join("\n"), { exitCode: ExitCode.refused });
    console.log(JSON.stringify({ id, status: "refused", problems }));
    return ExitCode.refused;
  },
});

/** Waits until the rollout is admitted; answers what was wrong with the request if it was refused. */
async function refusal({ rollouts }: Connection, id: string): Promise<readonly string[] | undefined> {
  for await (const { rollout } of follow(rollouts, id)) {
    if (rollout.status === "refused") return rollout.refusal.problems;
    if (rollout.status === "admitted") return undefined;
  }
  throw new Error(`the history of ${id} ended before it began`);
}
