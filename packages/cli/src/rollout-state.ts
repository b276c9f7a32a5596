import { type Rollout, replay } from "@espalier/rollout";
import type { RolloutsTable } from "./rollouts-table.ts";

/** A rollout as its history has it; unknown where there is none. */
export async function rolloutState(table: RolloutsTable, id: string): Promise<Rollout> {
  const { commits } = await table.load(id);
  return replay(commits.flatMap(({ events }) => events));
}
