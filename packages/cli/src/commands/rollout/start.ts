import { randomUUID } from "node:crypto";
import os from "node:os";
import { defineCommand } from "citty";
import { jsonOption, stageOption } from "../../common-options.ts";
import { type Connection, connect } from "../../connect.ts";
import { ExitCode, UserError } from "../../fail.ts";
import { follow } from "../../follow.ts";
import { type RequestOptions, readRequest } from "../../read-request.ts";
import { sendEvent } from "../../send-event.ts";
import { live } from "../../view/live.ts";
import { watchRollout } from "../../watch-rollout.ts";

/** `espalier rollout start`. */
export const start = defineCommand({
  meta: {
    name: "start",
    description:
      "Ask for a rollout, from a YAML file or by options. Ends with 0 when it is admitted, 5 refused; with --wait 0 promoted, 3 rolled back, 4 stopped",
  },
  args: {
    file: {
      type: "positional",
      required: false,
      description: "A YAML or JSON file with the request; an option counts instead of what the file says",
    },
    service: { type: "string", description: "The VPC Lattice service: name, id or ARN" },
    candidate: { type: "string", description: "The target group of the new version: name, id or ARN" },
    stable: {
      type: "string",
      description: "The target group in use (default: the one with the largest weight)",
    },
    steps: {
      type: "string",
      description: "A canary of these steps, WEIGHT:MINUTES each (default: the adaptive strategy)",
      valueHint: "10:5,50:10",
    },
    alpha: {
      type: "string",
      description: "The chance allowed of rolling back a candidate that is no worse (default 0.01)",
    },
    reason: { type: "string", description: "Why, for the history" },
    id: { type: "string", description: "An id of your own; the same id twice is one rollout" },
    wait: { type: "boolean", description: "Follow the rollout to its end" },
    ...jsonOption,
    ...stageOption,
  },
  async run({ args, data }) {
    const request = requestOf(args);
    const id = request.id ?? `${request.service.replace(/^.*\//, "")}-${randomUUID().slice(0, 8)}`;
    const connection = await connect(args);
    await sendEvent(connection.bus, "Rollout Requested", {
      requestedBy: os.userInfo().username,
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

/** The request among what the command was given: citty's arguments have more fields than a request may have. */
function requestOf({ file, service, candidate, stable, steps, alpha, reason, id }: RequestOptions) {
  return readRequest({ file, service, candidate, stable, steps, alpha, reason, id });
}

/** Waits until the rollout is admitted; answers what was wrong with the request if it was refused. */
async function refusal({ rollouts }: Connection, id: string): Promise<readonly string[] | undefined> {
  for await (const { rollout } of follow(rollouts, id)) {
    if (rollout.status === "refused") return rollout.refusal.problems;
    if (rollout.status === "admitted") return undefined;
  }
  throw new Error(`the history of ${id} ended before it began`);
}
