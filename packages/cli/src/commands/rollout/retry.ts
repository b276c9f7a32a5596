import type { RolloutEvent, RolloutRequest } from "@espalier/rollout";
import { defineCommand } from "citty";
import { askForRollout } from "../../ask-for-rollout.ts";
import { askedFields, askedOptions, jsonOption, stageOption } from "../../common-options.ts";
import { connect } from "../../connect.ts";
import { ExitCode, UserError } from "../../fail.ts";
import { findRollout, rolloutArgument } from "./find-rollout.ts";

/** `espalier rollout retry`. */
export const retry = defineCommand({
  meta: {
    name: "retry",
    description: "Ask again for what a rollout was asked for, as a rollout of its own: ID-retry-1",
  },
  args: {
    ...rolloutArgument,
    ...askedOptions,
    wait: { type: "boolean", description: "Follow the rollout to its end" },
    ...jsonOption,
    ...stageOption,
  },
  async run({ args, data }) {
    const connection = await connect(args);
    const before = await findRollout(connection.rollouts, args.rollout);
    const { meta, commits } = await connection.rollouts.load(before);
    const request = requestIn(commits.flatMap(({ events }) => events));
    if (request === undefined)
      throw new UserError(`${before} was refused before its request could be read; ask for it anew`);
    if (meta?.settled !== true)
      throw new UserError(`${before} still runs; it can be tried again when it has ended`, {
        exitCode: ExitCode.refused,
      });
    const known = (await connection.rollouts.list()).map(({ id }) => id);
    const id = nextTry(before, known);
    const asked = askedFields({ by: args.by, reason: args.reason ?? `tries ${before} again` });
    const { wait, json } = args;
    return askForRollout(
      connection,
      { id, detailType: "Rollout Requested", detail: { ...waiting(request), ...asked, id } },
      { wait, json, local: data?.local },
    );
  },
});

/** The one before may still be putting things in order, for half a minute after it has ended: its turn is waited for. */
const waiting = (request: RolloutRequest): RolloutRequest =>
  request.whenLocked === "refuse" ? { ...request, whenLocked: "queue" } : request;

/** The request that a history begins with. */
const requestIn = ([first]: readonly RolloutEvent[]): RolloutRequest | undefined =>
  first !== undefined && "request" in first ? first.request : undefined;

/** `ID-retry-N`, one more than there are; a try of a try is another one of the first. */
export function nextTry(before: string, known: readonly string[]): string {
  const first = before.replace(/-retry-\d+$/, "");
  const tries = [before, ...known].map((id) =>
    id.startsWith(`${first}-retry-`) ? Number(id.slice(`${first}-retry-`.length)) || 0 : 0,
  );
  return `${first}-retry-${Math.max(...tries) + 1}`;
}
