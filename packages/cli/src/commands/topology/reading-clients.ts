import { clientsOf, type TopologyClients } from "@espalier/lattice";
import type { TopologyDocument } from "@espalier/topology";

/** The clients with which a command reads what there is of a document: somebody waits for it, so that it soon gives up. */
export const readingClients = (document: Pick<TopologyDocument, "role">): TopologyClients =>
  clientsOf({ maxAttempts: 3 })(document);
