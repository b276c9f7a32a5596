import { UserError } from "../../fail.ts";
import type { RolloutsTable } from "../../rollouts-table.ts";

/** How a rollout is named on a command line. */
export const rolloutArgument = {
  rollout: {
    type: "positional",
    required: true,
    description: "The rollout's id, or its service for the newest one",
  },
} as const;

/** The id of the rollout that a person names by its id or by its service (the newest). Throws UserError where there is none. */
export async function findRollout(table: RolloutsTable, name: string): Promise<string> {
  const { commits } = await table.load(name);
  if (commits.length > 0) return name;
  const metas = await table.list();
  const ofService = metas.find(({ summary }) => summary?.service === name);
  if (ofService) return ofService.id;
  const known = metas.slice(0, 5).map(({ id }) => id);
  const others = known.length === 0 ? "there are none yet" : `the newest are ${known.join(", ")}`;
  throw new UserError(`there is no rollout "${name}", and none of a service of that name; ${others}`);
}
