import { randomUUID } from "node:crypto";
import os from "node:os";
import { defineCommand } from "citty";
import { jsonOption, stageOption } from "../../common-options.ts";
import { type Connection, connect } from "../../connect.ts";
import { ExitCode, UserError } from "../../fail.ts";
import { follow } from "../../follow.ts";
import { readRequest } from "../../read-request.ts";
import { sendEvent } from "../../send-event.ts";
import { live } from "../../view/live.ts";
import { watchRollout } from "../../watch-rollout.ts";

/** How long admission may take before the command stops waiting for it, in milliseconds of wall time. */
const ADMISSION_MS = 60_000;

/** `espalier rollout start`. */
export const start = defineCommand({
  meta: {
    name: "start",
    description:
      "Ask for a rollout, from a YAML file or by options. With --wait it ends with 0 promoted, 3 rolled back, 4 stopped, 5 refused",
  },
  args: {
    file: {
      type: "positional",
      required: false,
      description: "A YAML or JSON file with the request; options go before it",
    },
    service: { type: "string", description: "The VPC Lattice service: name, id or ARN" },
    candidate: { type: "string", description: "The target group of the new version: name, id or ARN" },
    stable: {
      type: "string",
      description: "The target group in use (default: the one with the largest weight)",
    },
    steps: {
      type: "string",
      description: "A canary's steps, WEIGHT:MINUTES with commas between",
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
  async run({ args }) {
    const request = readRequest({ ...args, steps: args.steps, alpha: args.alpha });
    const id = request.id ?? `${request.service.replace(/^.*\//, "")}-${randomUUID().slice(0, 8)}`;
    const connection = await connect(args);
    await sendEvent(connection.bus, "Rollout Requested", {
      requestedBy: os.userInfo().username,
      ...request,
      id,
    });
    if (args.wait) return watchRollout({ connection, id, json: args.json ?? false, live: live() });
    const refusal = await admission(connection, id);
    if (refusal) throw new UserError(refusal, { exitCode: ExitCode.refused });
    console.log(args.json ? JSON.stringify({ id }) : `started ${id}\nwatch it: espalier rollout watch ${id}`);
    return ExitCode.done;
  },
});

/** Waits until the rollout is admitted; answers why it was not, if it was refused. */
async function admission({ rollouts }: Connection, id: string): Promise<string | undefined> {
  for await (const { rollout } of follow(rollouts, id, AbortSignal.timeout(ADMISSION_MS))) {
    if (rollout.status === "refused") return rollout.refusal.problems.join("\n");
    if (rollout.status === "admitted") return undefined;
  }
  throw new UserError(
    `${id} was asked for and not admitted within a minute; see what its workflow says, then: espalier rollout show ${id}`,
    { exitCode: ExitCode.stillRunning },
  );
}
