import type { Values } from "@espalier/topology";
import type { Deployment } from "../../deployment.ts";
import { UserError } from "../../fail.ts";
import { topologiesTable } from "../../topologies-table.ts";
import { describeRun, exitCodeOf } from "./describe-run.ts";
import { followRun } from "./follow-run.ts";
import { readTopologyFile } from "./read-topology-file.ts";
import { requestApply } from "./request-apply.ts";

/** Applies a document and answers what was done, a line a change. Throws UserError where it was not applied. */
export async function applyTopology(
  deployment: Pick<Deployment, "bus" | "table">,
  { file, values }: { readonly file: string; readonly values: Values },
): Promise<string[]> {
  const id = await requestApply(deployment, {
    document: await readTopologyFile(file, values),
    adopt: [],
    accept: [],
  });
  const run = await followRun(topologiesTable(deployment.table), id);
  const lines = describeRun(run, file);
  if (run.status !== "applied") throw new UserError(lines.join("\n"), { exitCode: exitCodeOf(run) });
  return lines;
}
