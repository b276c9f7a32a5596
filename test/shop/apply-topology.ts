import { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { makeChange, readTopology } from "@espalier/lattice";
import type { LocalAws } from "@espalier/local-aws";
import { type Attempt, nextTurn, plan, serviceUrls, type TopologyDocument } from "@espalier/topology";

/** Makes what a document describes, turn by turn as the workflow does, where everything settles at once; says where its services are. */
export async function applyTopology(
  aws: LocalAws,
  document: TopologyDocument,
): Promise<Readonly<Record<string, string>>> {
  const client = new VPCLatticeClient({
    endpoint: aws.endpoint,
    region: aws.region,
    credentials: aws.credentials,
  });
  const attempts: Attempt[] = [];
  for (;;) {
    const existing = await readTopology(client, document);
    const turn = nextTurn(plan(document, existing), attempts, 0);
    if (turn.next === "settle") return serviceUrls(document, existing);
    if (turn.next !== "apply") throw new Error(JSON.stringify(turn));
    for (const { address, verb, sentence, write } of turn.changes) {
      const outcome = await makeChange(client, write, address);
      attempts.push({ outcome, address, verb, sentence });
    }
  }
}
