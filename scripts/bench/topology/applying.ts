import { inParallel, makeChange, readLives, readTopology } from "../../../packages/lattice/src/index.ts";
import { type LocalAws, startLocalAws } from "../../../packages/local-aws/src/index.ts";
import { defaultSettings } from "../../../packages/local-aws/src/vpc-lattice/settings.ts";
import {
  type Attempted,
  type Existing,
  nextTurn,
  plan,
  progress,
  progressOf,
  type ReadyChange,
  readDocument,
  type TopologyDocument,
  watched,
} from "../../../packages/topology/src/index.ts";
import { type Calls, countedClients } from "./counted-clients.ts";
import { manyServices, thingsIn } from "./many-services.ts";
import { shopDocuments } from "./shop.ts";

/** What it took to make a document from nothing, and to find out afterwards that nothing is to do. */
export interface Applied {
  readonly services: number;
  readonly things: number;
  /** Of a processor, the embedded Lattice's share included: what else the machine does counts less than in wall time. */
  readonly seconds: number;
  readonly making: Calls;
  readonly again: Calls;
}

/** Applies so many services with five rules each to an embedded Lattice, through the SDK over HTTP: what the workflow's functions do, without its table. */
export async function applied(services: number): Promise<Applied> {
  const quotas = { ...defaultSettings.quotas, services: services + 10, targetGroups: 2 * services + 10 };
  const aws = await startLocalAws({ seed: 1, lattice: { transitionMs: 0, quotas } });
  try {
    aws.ec2.putVpc({ vpcId: "vpc-0123456789abcdef0", cidrBlock: "10.0.0.0/16" });
    return await measured(aws, services);
  } finally {
    await aws.close();
  }
}

async function measured(aws: LocalAws, services: number): Promise<Applied> {
  const { clients, take } = countedClients(aws);
  const document = readDocument(manyServices(services, 5));
  const began = process.cpuUsage();
  await made(clients, document);
  const { user, system } = process.cpuUsage(began);
  const seconds = (user + system) / 1e6;
  const making = take();
  const left = plan(document, await readTopology(clients, document)).changes;
  if (left.some(({ state }) => state !== "unchanged")) throw new Error("the document was not made");
  return { services, things: thingsIn(services, 5), seconds, making, again: take() };
}

async function made(clients: ReturnType<typeof countedClients>["clients"], document: TopologyDocument) {
  const existing: Existing = await readTopology(clients, document);
  let so = progressOf([{ type: "read", existing }]);
  for (let batch = 0; ; batch++) {
    const turn = nextTurn(plan(document, so.existing), so.attempts, 0);
    if (turn.next === "settle") return;
    if (turn.next === "refuse") throw new Error(JSON.stringify(turn.problems));
    if (turn.next === "wait") {
      so = progress(so, { type: "followed", lives: await readLives(clients.lattice, watched(so.existing)) });
      continue;
    }
    const make = async (change: ReadyChange): Promise<Attempted> => {
      const { address, verb, sentence, locks, write } = change;
      const learnt = await makeChange(clients, write, `${batch} ${address}`);
      return { attempt: { outcome: "made", address, verb, sentence }, locks, learnt };
    };
    const changes = await inParallel(turn.changes, make, 4);
    so = progress(so, { type: "attempted", changes });
  }
}

/** The times of a no-change plan of the whole shop, both of its documents, reading included, in milliseconds. */
export async function planTimes(times: number): Promise<number[]> {
  const aws = await startLocalAws({ seed: 1, lattice: { transitionMs: 0 } });
  try {
    const { clients } = countedClients(aws);
    const documents = await shopDocuments(aws);
    for (const document of documents) await made(clients, document);
    const taken: number[] = [];
    for (let k = 0; k < times; k++) {
      const began = performance.now();
      for (const document of documents) {
        const { changes } = plan(document, await readTopology(clients, document));
        const left = changes.find(({ state }) => state !== "unchanged");
        if (left) throw new Error(`there is something to do: ${left.address}`);
      }
      taken.push(performance.now() - began);
    }
    return taken;
  } finally {
    await aws.close();
  }
}
