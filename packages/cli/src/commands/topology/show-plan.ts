import { readTopology, topologyClients } from "@espalier/lattice";
import { type Change, plan, readDocument } from "@espalier/topology";
import { ExitCode } from "../../fail.ts";

/** Prints what an apply would do, as far as it can be known before it begins. Reads Lattice with the caller's credentials. */
export async function showPlan(written: unknown, adopt: readonly string[], json: boolean): Promise<number> {
  const document = readDocument(written);
  const existing = await readTopology(topologyClients(), document);
  const { changes } = plan(document, existing, adopt);
  const open = changes.filter(({ state }) => state !== "unchanged");
  if (json) console.log(JSON.stringify({ changes }));
  else
    for (const line of open.length > 0 ? open.map(told) : [`${document.name}: nothing to do`])
      console.log(line);
  return open.some(({ state }) => state === "refused") ? ExitCode.refused : ExitCode.done;
}

function told(change: Change): string {
  if (change.state === "refused") return `! ${change.address} ${change.sentence}`;
  return change.state === "blocked"
    ? `  ${change.sentence} (after ${change.after.join(", ")})`
    : `  ${change.sentence}`;
}
