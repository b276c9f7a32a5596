import { readPolicyWarnings, readTopology } from "@espalier/lattice";
import {
  type Existing,
  type Plan,
  plan,
  readDocument,
  strayAddresses,
  type TopologyDocument,
} from "@espalier/topology";
import { ExitCode, UserError } from "../../fail.ts";
import { readingClients } from "./reading-clients.ts";

/** A document beside what exists: what an apply would do, as far as it can be known before it begins. */
export interface Ahead extends Plan {
  readonly document: TopologyDocument;
  readonly existing: Existing;
}

/** Addresses, of what others made and is to be owned, and of warnings that are meant. */
interface Listed {
  readonly adopt?: readonly string[];
  readonly accept?: readonly string[];
}

/**
 * Reads Lattice with the caller's credentials or as the document's role, and access logs where policies are to change. Throws
 * UserError where an address is listed that nothing has.
 */
export async function lookAhead(written: unknown, { adopt = [], accept = [] }: Listed = {}): Promise<Ahead> {
  const document = readDocument(written);
  const clients = readingClients(document);
  const existing = await readTopology(clients, document);
  const planned = plan(document, existing, adopt);
  const aboutPolicies = await readPolicyWarnings(clients, document, existing, Date.now());
  const ahead = { ...planned, warnings: [...planned.warnings, ...aboutPolicies] };
  const strays = [...strayAddresses(ahead, "adopt", adopt), ...strayAddresses(ahead, "accept", accept)];
  if (strays.length > 0)
    throw new UserError(strays.map(({ place, message }) => `--${place} ${message}`).join("\n"), {
      exitCode: ExitCode.refused,
    });
  return { document, existing, ...ahead };
}
