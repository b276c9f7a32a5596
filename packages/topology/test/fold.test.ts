import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Attempted,
  changeFields,
  type Existing,
  foldLives,
  foldWrite,
  nextTurn,
  plan,
  progressOf,
  type ReadyChange,
  type TopologyDocument,
  watched,
} from "../src/index.ts";
import { stall } from "./build-document.ts";
import { settled } from "./converge.ts";
import { documents } from "./documents.ts";
import { type ModelLattice, modelLattice } from "./model-lattice.ts";

/** What the model made that was not there before, as Lattice would answer it. */
function answered(before: Existing, after: Existing) {
  const identified = (existing: Existing) => {
    const inService = existing.services.flatMap(({ listeners }) =>
      listeners.flatMap((listener) => [listener, ...listener.rules]),
    );
    const inNetwork = existing.networks.flatMap(({ vpcs, services }) => [...vpcs, ...services]);
    return [...existing.networks, ...existing.services, ...existing.targetGroups, ...inService, ...inNetwork];
  };
  const known = new Set(identified(before).map(({ id }) => id));
  const made = identified(after).find(({ id }) => !known.has(id));
  const domainName = made && "domainName" in made ? made.domainName : "";
  return { id: made?.id ?? "", arn: made?.arn ?? "", status: made ? "ACTIVE" : "", domainName };
}

const ready = (document: TopologyDocument, existing: Existing): ReadyChange[] =>
  plan(document, existing).changes.flatMap((change) => (change.state === "ready" ? [change] : []));

/** Applies a document to the model and folds every write; things that Lattice is at are gone as soon as they are looked at. */
function follow(document: TopologyDocument, lattice: ModelLattice, from: Existing): Existing {
  let known = from;
  for (let turn = 0; turn < 100; turn++) {
    const changes = ready(document, known);
    if (changes.length === 0 && watched(known).length === 0) return known;
    for (const { write } of changes) {
      const before = lattice.existing();
      lattice.write(write);
      known = foldWrite(known, write, answered(before, lattice.existing()));
    }
    const gone = watched(known).map(({ kind, id }) =>
      kind === "targets" ? { kind, id, targets: [] } : { kind: "gone" as const, id },
    );
    known = foldLives(known, gone);
  }
  throw new Error("it never comes to an end");
}

/** In the model targets leave at once. */
const drained = (existing: Existing): Existing => ({
  ...existing,
  targetGroups: existing.targetGroups.map((group) => ({
    ...group,
    targets: group.targets.filter(({ status }) => status !== "DRAINING"),
  })),
});

describe("what is known after each write", () => {
  test("is what exists, whatever document is applied over whatever other", () => {
    fc.assert(
      fc.property(documents, documents, (before, after) => {
        const lattice = modelLattice();
        settled(before, lattice);
        fc.pre(plan(after, lattice.existing()).changes.every(({ state }) => state !== "refused"));
        const known = follow(after, lattice, lattice.existing());
        expect(drained(known)).toEqual(lattice.existing());
      }),
      { numRuns: 200 },
    );
  });

  test("shares with what was known before all that was not touched", () => {
    const lattice = modelLattice();
    settled(stall(), lattice);
    const before = lattice.existing();
    const [change] = ready(
      stall((d) => (d.services.fruit.idleTimeoutSeconds = 90)),
      before,
    );
    if (change === undefined) throw new Error("nothing is to do");
    const after = foldWrite(before, change.write, { id: "", arn: "", status: "", domainName: "" });
    expect(after.services[0]).toMatchObject({ idleTimeoutSeconds: 90 });
    expect(after.networks).toBe(before.networks);
    expect(after.services[0]?.listeners).toBe(before.services[0]?.listeners);
  });

  test("is unchanged by a write to what nobody knows", () => {
    const lattice = modelLattice();
    settled(stall(), lattice);
    const before = lattice.existing();
    const input = { serviceIdentifier: "svc-nowhere", listenerIdentifier: "listener-nowhere" };
    const answer = { id: "", arn: "", status: "", domainName: "" };
    expect(foldWrite(before, { operation: "DeleteListener", input }, answer)).toEqual(before);
  });
});

describe("the fields of a change", () => {
  const fieldsOf = (document: TopologyDocument) => {
    const lattice = modelLattice();
    settled(stall(), lattice);
    const existing = lattice.existing();
    return ready(document, existing).map((change) => [change.address, changeFields(existing, change)]);
  };

  test("are told with their values before and after", () => {
    const changed = stall((d) => {
      d.services.fruit.idleTimeoutSeconds = 90;
      d.services.fruit.listeners.http.rules[0].match.method = "PUT";
    });
    expect(fieldsOf(changed)).toEqual([
      ["services.fruit", [{ field: "idleTimeoutSeconds", from: 60, to: 90 }]],
      [
        "services.fruit.listeners.http.rules.apples",
        [{ field: "match.httpMatch.method", from: "GET", to: "PUT" }],
      ],
    ]);
  });

  test("are none of what is created or deleted", () => {
    const other = stall((d) => {
      d.targetGroups.spare = d.targetGroups["fruit-v1"];
      d.services.fruit.listeners.http.rules = [];
    });
    expect(fieldsOf(other)).toEqual([
      ["targetGroups.spare", []],
      ["services.fruit.listeners.http.rules.apples", []],
    ]);
  });
});

describe("the entries of a run", () => {
  const lattice = modelLattice();
  settled(stall(), lattice);
  const existing = lattice.existing();
  const [change] = ready(
    stall((d) => (d.services.fruit.listeners.http.defaultAction = { fixedResponse: 404 })),
    existing,
  );
  if (change?.write.operation !== "UpdateListener") throw new Error("it is another change");
  const { address, verb, sentence, locks, write } = change;
  const step = { address, verb, sentence };
  const entered = (attempted: Attempted) =>
    progressOf([
      { type: "read", existing },
      { type: "attempted", changes: [attempted] },
    ]);

  test("that found another action than planned on know it, and plan anew", () => {
    const now = { fixedResponse: { statusCode: 500 } };
    const { existing: known, attempts } = entered({
      attempt: { outcome: "stale", ...step },
      locks,
      learnt: { type: "seen", write, now },
    });
    expect(known.services[0]?.listeners[0]?.defaultAction).toEqual(now);
    expect(known.targetGroups.map(({ usedBy }) => usedBy.length)).toEqual([1, 1]);
    expect(attempts).toEqual([]);
  });

  test("that Lattice contradicts are doubted, until it is read again", () => {
    const failed = (error: string): Attempted => ({
      attempt: { outcome: "failed", ...step, error, cause: "so" },
      locks,
      learnt: { type: "nothing" },
    });
    expect(entered(failed("ConflictException")).doubtful).toBe(true);
    expect(entered(failed("ValidationException")).doubtful).toBe(false);
    const again = progressOf([
      { type: "read", existing },
      { type: "attempted", changes: [failed("ConflictException")] },
      { type: "read", existing },
    ]);
    expect(again).toMatchObject({ doubtful: false, reads: 2, attempts: [{ outcome: "failed" }] });
  });

  test("remember every service that was locked, once", () => {
    const once: Attempted = {
      attempt: { outcome: "made", ...step },
      locks,
      learnt: { type: "written", write, answer: { id: "", arn: "", status: "", domainName: "" } },
    };
    const twice = progressOf([
      { type: "read", existing },
      { type: "attempted", changes: [once, once] },
    ]);
    expect(twice.locks).toEqual([existing.services[0]?.arn]);
    expect(nextTurn(plan(stall(), twice.existing), twice.attempts, 0).next).toBe("apply");
  });
});
