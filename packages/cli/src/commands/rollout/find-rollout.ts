import { didYouMean } from "../../did-you-mean.ts";
import { UserError } from "../../fail.ts";
import type { RolloutsTable } from "../../rollouts-table.ts";

/** How a rollout is named on a command line. */
export const rolloutArgument = {
  rollout: {
    type: "positional",
    required: true,
    description: "The rollout's id, or its service for the one that runs, else the newest",
  },
} as const;

/**
 * The id of the rollout that a person names by its id or by its service: the one that has not ended, else the newest that was
 * not refused, else the newest. Throws UserError where there is none.
 */
export async function findRollout(table: RolloutsTable, name: string): Promise<string> {
  const { meta, commits } = await table.load(name);
  if (meta !== undefined || commits.length > 0) return name;
  const metas = await table.list();
  const ofService = metas.filter(({ summary }) => summary?.service === name);
  const meant =
    ofService.find(({ settled, summary }) => !settled && summary?.status !== "refused") ??
    ofService.find(({ summary }) => summary?.status !== "refused") ??
    ofService[0];
  if (meant) return meant.id;
  const newest = metas.slice(0, 5).map(({ id }) => id);
  const others = newest.length === 0 ? "there are none yet" : `the newest are ${newest.join(", ")}`;
  const known = metas.flatMap(({ id, summary }) => (summary === undefined ? [id] : [id, summary.service]));
  const meantPerhaps = didYouMean(name, known);
  throw new UserError(
    `there is no rollout "${name}", and none of a service of that name${meantPerhaps}; ${others}`,
  );
}
