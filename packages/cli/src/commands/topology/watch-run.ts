import type { Problem } from "@espalier/topology";
import type { Deployment } from "../../deployment.ts";
import { ExitCode } from "../../fail.ts";
import { topologiesTable } from "../../topologies-table.ts";
import { live } from "../../view/live.ts";
import { exitCodeOf, outcomeLines } from "./describe-run.ts";
import { followRun } from "./follow-run.ts";

interface Watching {
  /** What the document is called, and how a problem in it is told. */
  readonly source: string;
  readonly told?: (problem: Problem) => string;
  readonly json: boolean;
}

/** Shows a run until it ends, or with `json` only how it ended, and answers what the command ends with. Ctrl-C leaves the run to itself. */
export async function watchRun(
  { table }: Pick<Deployment, "table">,
  id: string,
  { source, told, json }: Watching,
): Promise<number> {
  const leave = () => {
    console.error(`${id} goes on by itself; see: espalier topology status ${id}`);
    process.exit(ExitCode.interrupted);
  };
  process.once("SIGINT", leave);
  const run = await followRun(topologiesTable(table), id, json ? {} : { live: live() }).finally(() =>
    process.off("SIGINT", leave),
  );
  if (json) console.log(JSON.stringify(run));
  else for (const line of outcomeLines(run, source, told)) console.log(line);
  return exitCodeOf(run);
}
