import { readPolicyWarnings, readTopology } from "@espalier/lattice";
import { type Existing, type Plan, plan, readDocument, type TopologyDocument } from "@espalier/topology";
import { readingClients } from "./reading-clients.ts";

/** A document beside what exists: what an apply would do, as far as it can be known before it begins. */
export interface Ahead extends Plan {
  readonly document: TopologyDocument;
  readonly existing: Existing;
}

/** Reads Lattice with the caller's credentials or as the document's role, and access logs where policies are to change. */
export async function lookAhead(written: unknown, adopt: readonly string[]): Promise<Ahead> {
  const document = readDocument(written);
  const clients = readingClients(document);
  const existing = await readTopology(clients, document);
  const planned = plan(document, existing, adopt);
  const aboutPolicies = await readPolicyWarnings(clients, document, existing, Date.now());
  const warnings = [...planned.warnings, ...aboutPolicies];
  return { document, existing, changes: planned.changes, warnings };
}
