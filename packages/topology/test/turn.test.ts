import { describe, expect, test } from "vitest";
import { type Attempt, type Change, nextTurn, plan, reportOf } from "../src/index.ts";
import { group, stall } from "./build-document.ts";
import { converge, settled } from "./converge.ts";
import { modelLattice } from "./model-lattice.ts";

const fails =
  (...addresses: string[]) =>
  (address: string) =>
    addresses.includes(address);

const hour = 60 * 60_000;

describe("an apply in which something fails", () => {
  test("finishes the rest, and says what was not tried because of it", () => {
    const lattice = modelLattice();
    const report = settled(stall(), lattice, { fails: fails("targetGroups.fruit-v2") });
    expect(report.created).toBe(7);
    expect(report.failures).toEqual([
      {
        address: "targetGroups.fruit-v2",
        sentence: "create the target group fruit-v2 of type IP: ServiceQuotaExceededException: too many",
      },
      {
        address: "targetGroups.fruit-v2.targets",
        sentence: "register 10.0.0.2 with fruit-v2: not tried, since it needs targetGroups.fruit-v2",
      },
      {
        address: "services.fruit.listeners.http",
        sentence:
          "create the listener http of fruit on HTTP port 80: not tried, since it needs targetGroups.fruit-v2, targetGroups.fruit-v2.targets",
      },
      {
        address: "services.fruit.listeners.http.rules.apples",
        sentence:
          "create the rule apples of services.fruit.listeners.http, priority 10: not tried, since it needs services.fruit.listeners.http",
      },
    ]);
  });

  test("goes on where it stopped when it is run again", () => {
    const lattice = modelLattice();
    settled(stall(), lattice, { fails: fails("targetGroups.fruit-v2") });
    expect(settled(stall(), lattice)).toMatchObject({ created: 4, failures: [] });
  });

  test("has not failed where the change turns out to be made", () => {
    const lattice = modelLattice();
    settled(stall(), lattice);
    const attempts: Attempt[] = [
      {
        outcome: "failed",
        address: "networks.market",
        verb: "create",
        sentence: "create the network market",
        error: "ConflictException",
        cause: "already exists",
      },
    ];
    const turn = nextTurn(plan(stall(), lattice.existing()), attempts, 0);
    expect(turn).toMatchObject({ next: "settle", report: { created: 0, failures: [] } });
  });
});

describe("a service that is being rolled out", () => {
  test("is left alone and told, without being a failure", () => {
    const lattice = modelLattice();
    settled(stall(), lattice);
    const slower = stall((d) => (d.services.fruit.idleTimeoutSeconds = 300));
    const first = nextTurn(plan(slower, lattice.existing()), [], 0);
    if (first.next !== "apply") throw new Error(`it is to ${first.next}`);
    const [change] = first.changes;
    expect(change?.locks).toEqual([lattice.existing().services[0]?.arn]);
    const { address = "", verb = "update", sentence = "" } = change ?? {};
    const left: Attempt = { outcome: "left", address, verb, sentence, by: "rollout fruit-7 holds it" };
    expect(nextTurn(plan(slower, lattice.existing()), [left], 0)).toMatchObject({
      next: "settle",
      report: {
        updated: 0,
        failures: [],
        left: [{ address: "services.fruit", sentence: `${sentence}: left alone, rollout fruit-7 holds it` }],
      },
    });
  });
});

describe("what needs what a rollout holds", () => {
  const held = (...addresses: string[]): Attempt[] =>
    addresses.map((address) => ({
      ...{ outcome: "left" as const, address, verb: "create" as const, sentence: `make ${address}` },
      by: "its service is held by rollout fruit-7",
    }));
  const reported = (attempts: Attempt[], lattice = modelLattice()) =>
    reportOf(plan(stall(), lattice.existing()), attempts);

  test("is left alone with it, however far down", () => {
    const lattice = modelLattice();
    settled(stall(), lattice, { fails: fails("services.fruit.listeners.http") });
    const { left, failures } = reported(held("services.fruit.listeners.http"), lattice);
    expect(failures).toEqual([]);
    expect(left).toEqual([
      {
        address: "services.fruit.listeners.http",
        sentence: expect.stringMatching(/left alone, its service is held by rollout fruit-7$/),
      },
      {
        address: "services.fruit.listeners.http.rules.apples",
        sentence: expect.stringMatching(/left alone, since it needs services\.fruit\.listeners\.http$/),
      },
    ]);
  });

  test("has failed where something else that it needs has", () => {
    const { left, failures } = reported(held("services.fruit"));
    expect(left.map(({ address }) => address)).toEqual(["services.fruit"]);
    expect(failures.map(({ address }) => address)).toContain("services.fruit.networks.market");
  });
});

describe("a turn", () => {
  const creating = () => {
    const lattice = modelLattice();
    settled(stall(), lattice);
    for (const service of lattice.now.services) service.status = "CREATE_IN_PROGRESS";
    return plan(stall(), lattice.existing());
  };

  test("waits while Lattice is at work, but not for ever", () => {
    expect(nextTurn(creating(), [], 0)).toEqual({ next: "wait" });
    expect(nextTurn(creating(), [], hour)).toMatchObject({
      next: "settle",
      report: {
        failures: [{ sentence: "the service fruit is CREATE_IN_PROGRESS: not finished in time" }, {}, {}],
      },
    });
  });

  test("gives up on what Lattice takes and never shows", () => {
    const { changes } = plan(stall(), modelLattice().existing());
    const made = (change: Change): Attempt[] =>
      change.state === "ready"
        ? [{ outcome: "made", address: change.address, verb: change.verb, sentence: change.sentence }]
        : [];
    const attempts = [0, 1, 2].flatMap(() => changes.flatMap(made));
    const turn = nextTurn({ changes, warnings: [] }, attempts, 0);
    expect(turn.next).toBe("settle");
    expect(turn.next === "settle" && turn.report.failures[0]?.sentence).toBe(
      "create the target group fruit-v1 of type IP: Lattice took it and does not show it",
    );
  });

  test("hands out a bounded number of changes, and a flood is worked off all the same", () => {
    const many = stall((d) => {
      const names = Array.from({ length: 200 }, (_, index) => `spare-${index}`);
      for (const name of names) d.targetGroups[name] = d.targetGroups["fruit-v1"];
    });
    const lattice = modelLattice();
    const turn = nextTurn(plan(many, lattice.existing()), [], 0);
    expect(turn.next === "apply" && turn.changes.length).toBe(25);
    expect(settled(many, lattice)).toMatchObject({ created: 411, failures: [] });
  });

  test("hands out few where few are left, so that an apply is seen to go on", () => {
    const turn = nextTurn(plan(stall(), modelLattice().existing()), [], 0);
    expect(turn.next === "apply" && turn.changes.length).toBe(4);
  });

  test("takes out hundreds of targets before a group is deleted, and tells that it is deleted once", () => {
    const lattice = modelLattice();
    const targets = Array.from({ length: 450 }, (_, k) => `10.0.${k >> 8}.${k & 255}`);
    settled(
      stall((d) => (d.targetGroups.spare = group(...targets))),
      lattice,
    );
    const { deleted, changes, failures } = settled(stall(), lattice);
    expect([deleted, failures]).toEqual([1, []]);
    expect(changes).toEqual([
      { address: "targetGroups.spare", verb: "delete", sentence: "delete the target group spare" },
    ]);
  });

  test("replaces what could not be created", () => {
    const lattice = modelLattice();
    settled(stall(), lattice, { fails: fails("services.fruit.networks.market") });
    for (const service of lattice.now.services) service.status = "CREATE_FAILED";
    expect(converge(stall(), lattice)).toMatchObject({
      next: "settle",
      report: { replaced: 1, failures: [] },
    });
    expect(lattice.existing().services.map(({ status }) => status)).toEqual(["ACTIVE"]);
  });
});
