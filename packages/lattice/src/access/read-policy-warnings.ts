import {
  type Existing,
  logsForWarnings,
  policyWarnings,
  type TopologyDocument,
  type Warning,
} from "@espalier/topology";
import type { TopologyClients } from "../topology/clients.ts";
import { readAccessLogs } from "./read-access-logs.ts";

/** Callers are looked for so far back, in milliseconds, and no further than so many lines of the logs. */
const lookBackMs = 7 * 24 * 60 * 60_000;
const mostLines = 100_000;

/**
 * What the policies of a document would do that its author may not have meant. Where it changes who may call, access logs of the
 * week before `at` (milliseconds, AWS time) are read for whom that would cut off; logs that cannot be read warn of nobody.
 */
export async function readPolicyWarnings(
  { logs }: Pick<TopologyClients, "logs">,
  document: TopologyDocument,
  existing: Existing,
  at: number,
): Promise<Warning[]> {
  const destinations = logsForWarnings(document, existing);
  if (destinations.length === 0) return policyWarnings(document, existing, []);
  const { seen } = await readAccessLogs(logs, { destinations, from: at - lookBackMs, most: mostLines });
  return policyWarnings(document, existing, seen);
}
