import { stageOf } from "./common-options.ts";
import { type Deployment, deployment } from "./deployment.ts";
import { type RolloutsTable, rolloutsTable } from "./rollouts-table.ts";

/** One stage of Espalier, found and readable. */
export interface Connection extends Deployment {
  readonly rollouts: RolloutsTable;
}

/** Finds the stage that the options name. Throws UserError where there is none. */
export async function connect(args: { stage?: string | undefined }): Promise<Connection> {
  const found = await deployment(stageOf(args));
  return { ...found, rollouts: rolloutsTable(found.table) };
}
