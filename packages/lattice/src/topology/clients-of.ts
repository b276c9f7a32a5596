import { STSClient } from "@aws-sdk/client-sts";
import type { TopologyDocument } from "@espalier/topology";
import { assumedRole } from "./assumed-role.ts";
import { type TopologyClients, topologyClients } from "./clients.ts";

/** The clients with which a document is read and applied: those of the environment, or of the role that it names. */
export function clientsOf({ maxAttempts }: { readonly maxAttempts: number }) {
  const known = new Map<string | undefined, TopologyClients>();
  return ({ role }: Pick<TopologyDocument, "role">): TopologyClients => {
    const before = known.get(role);
    if (before !== undefined) return before;
    const credentials = role === undefined ? {} : { credentials: assumedRole(new STSClient(), role) };
    const made = topologyClients({ maxAttempts, ...credentials });
    known.set(role, made);
    return made;
  };
}
