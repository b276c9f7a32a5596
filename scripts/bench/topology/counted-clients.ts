import { type TopologyClients, topologyClients } from "../../../packages/lattice/src/index.ts";
import type { LocalAws } from "../../../packages/local-aws/src/index.ts";

/** How many calls of Lattice were made. A list is one call a page; tags are told by a call of their own. */
export interface Calls {
  readonly lists: number;
  readonly tags: number;
  readonly reads: number;
  readonly writes: number;
}

/** Clients of an embedded AWS that count what they call. */
export function countedClients(aws: LocalAws): { readonly clients: TopologyClients; take(): Calls } {
  const { endpoint, region, credentials } = aws;
  const clients = topologyClients({ endpoint, region, credentials, maxAttempts: 3 });
  let names: string[] = [];
  clients.lattice.middlewareStack.add(
    (next, context) => (args) => {
      names.push((context.commandName ?? "").replace(/Command$/, ""));
      return next(args);
    },
    { step: "initialize" },
  );
  const of = (kind: RegExp) => names.filter((name) => kind.test(name)).length;
  return {
    clients,
    take() {
      const tags = of(/^ListTags/);
      const calls = { tags, lists: of(/^List/) - tags, reads: of(/^Get/), writes: of(/^(?!List|Get)/) };
      names = [];
      return calls;
    },
  };
}
