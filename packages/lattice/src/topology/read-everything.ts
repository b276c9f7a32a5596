import { type Existing, readDocument } from "@espalier/topology";
import type { TopologyClients } from "./clients.ts";
import { listNetworks, listServices, listTargetGroups } from "./list.ts";
import { readTopology } from "./read-topology.ts";

/** Reads all that the account has of Lattice in the region, whoever made it, as a document that names everything would have it read. */
export async function readEverything(clients: TopologyClients): Promise<Existing> {
  const { lattice } = clients;
  const [networks, services, targetGroups] = await Promise.all([
    listNetworks(lattice),
    listServices(lattice),
    listTargetGroups(lattice),
  ]);
  const written = {
    networks: all(networks, {}),
    services: all(services, {}),
    targetGroups: all(targetGroups, { type: "LAMBDA", targets: "external" }),
  };
  return readTopology(clients, readDocument({ name: "everything", ...written }));
}

/** Only the names count: what is read is what exists. */
const all = (listed: readonly { readonly name: string }[], thing: object) =>
  Object.fromEntries(listed.map(({ name }) => [name, thing]));
