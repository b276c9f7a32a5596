import {
  type Existing,
  foldWrite,
  plan,
  readDocument,
  type TopologyDocument,
} from "../../../packages/topology/src/index.ts";
import { manyServices } from "./many-services.ts";

const [services = 2000, rules = 5] = process.argv.slice(2).map(Number);

/** Makes all that a document names in memory, as Lattice would; answers what exists then. */
function made(document: TopologyDocument): Existing {
  let existing: Existing = {
    ...{ networks: [], otherNetworks: [], services: [], targetGroups: [] },
    elsewhere: { networks: 0, services: 0, targetGroups: 0 },
  };
  let last = 0;
  for (;;) {
    const ready = plan(document, existing).changes.filter((change) => change.state === "ready");
    if (ready.length === 0) return existing;
    for (const { write } of ready) {
      last += 1;
      const id = `made-${last}`;
      existing = foldWrite(existing, write, { id, arn: `arn/${id}`, status: "ACTIVE", domainName: id });
    }
  }
}

const text = JSON.stringify(manyServices(services, rules));
const began = performance.now();
const document = readDocument(JSON.parse(text));
const read = performance.now();
const toDo = plan(document, made(readDocument({ name: "many" }))).changes;
const planned = performance.now();
const existing = made(document);
const there = performance.now();
const unchanged = plan(document, existing).changes.filter(({ state }) => state === "unchanged").length;
const ended = performance.now();
console.log(
  JSON.stringify({
    readSeconds: (read - began) / 1000,
    newSeconds: (planned - read) / 1000,
    unchangedSeconds: (ended - there) / 1000,
    ...{ toDo: toDo.length, unchanged },
    megabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
