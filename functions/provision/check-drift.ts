import { createHash } from "node:crypto";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { clientsOf, readTopology, translated } from "@espalier/lattice";
import {
  type Difference,
  driftOf,
  type Existing,
  type Topologies,
  type TopologyDocument,
} from "@espalier/topology";
import * as z from "zod";
import { dynamoTopologies } from "../adapters/dynamo-topologies.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { environment, lambda } from "../lambda.ts";
import { doEach } from "../rollout/do-each.ts";
import { tell } from "./tell-run.ts";

/** When the schedule says it is. */
const Input = z.object({ at: z.iso.datetime() });

interface Dependencies {
  readonly topologies: Topologies;
  readonly read: (document: TopologyDocument) => Promise<Existing>;
  readonly tell: (detailType: string, at: string, detail: object) => Promise<void>;
}

/** Looks whether Lattice is still as the documents last applied say, and tells each drift once, and once that it is gone. One that cannot be read keeps no other from its turn. */
export function checkDrift(dependencies: Dependencies) {
  return async ({ at }: z.infer<typeof Input>): Promise<{ readonly drifted: string[] }> => {
    const drifted: string[] = [];
    await doEach(await dependencies.topologies.names(), async (name) => {
      if (await hasDrifted(dependencies, name, at)) drifted.push(name);
    });
    return { drifted };
  };
}

async function hasDrifted(
  { topologies, read, tell }: Dependencies,
  name: string,
  at: string,
): Promise<boolean> {
  const document = await topologies.applied(name);
  if (document === undefined) return false;
  const differences = driftOf(document, await read(document));
  const told = await topologies.told(name);
  if (differences.length === 0) {
    if (told === undefined) return false;
    await tell("Topology Drift Ended", at, { eventId: `${name}-${told.digest}-ended`, name, since: told.at });
    await topologies.tell(name, undefined);
    return false;
  }
  const digest = digestOf(differences);
  if (told?.digest !== digest) {
    const differing = { count: differences.length, differences: differences.slice(0, listed) };
    await tell("Topology Drifted", at, { eventId: `${name}-${digest}-${at}`, name, ...differing });
    await topologies.tell(name, { digest, at });
  }
  return true;
}

/** Differences listed in an event, which EventBridge limits to 256 KB. */
const listed = 50;

const digestOf = (differences: readonly Difference[]): string =>
  createHash("sha256").update(JSON.stringify(differences)).digest("hex").slice(0, 16);

export const handler = lambda(Input, checkDrift, () => {
  const clients = clientsOf({ maxAttempts: 8 });
  const events = new EventBridgeClient();
  const bus = environment("BUS_NAME");
  return {
    topologies: dynamoTopologies(rolloutsTable(environment("ROLLOUTS_TABLE"))),
    read: (document: TopologyDocument) => translated(readTopology(clients(document), document)),
    tell: (detailType: string, at: string, detail: object) => tell(events, bus, detailType, at, detail),
  };
});
