import { matchName } from "@espalier/rollout";
import { describe, expect, test } from "vitest";
import { healthy } from "./shop.ts";
import { startedWorld } from "./world.ts";

const world = startedWorld();
const versions = { v1: healthy, v2: healthy };
const steps = [
  { weight: 10, bakeMinutes: 1 },
  { weight: 50, bakeMinutes: 1 },
];
const canary = { strategy: { type: "canary", steps } };
const match = { header: { name: "x-canary", exact: "yes" } };

describe("chosen requests", () => {
  test("go to the candidate by a rule before any weight moves, and by the weights when all does", async () => {
    const shop = await world().shop("chosen", versions);
    await shop.addRule("taken", { v1: 100 });
    const strategy = { type: "header", match, bakeMinutes: 2, steps: [] };
    await world().request("c1", "chosen", { strategy });
    const rule = matchName("c1");
    expect(await shop.weights()).toMatchObject({ [rule]: { v2: 100 }, taken: { v1: 100 } });
    expect(await world().untilEnded("c1")).toMatchObject({ status: "promoted" });
    expect(await shop.weights()).toEqual({ default: { v1: 0, v2: 100 }, taken: { v1: 0, v2: 100 } });
  });

  test("go back to the stable group when the rollout is rolled back", async () => {
    const shop = await world().shop("returned", versions);
    const strategy = { type: "header", match, bakeMinutes: 30, steps: [] };
    await world().request("c2", "returned", { strategy });
    expect(Object.keys(await shop.weights())).toContain(matchName("c2"));
    await world().command("abort", "c2");
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
    await world().minutes(1);
  });

  test("stay nowhere when the rollout stops at weights of somebody else's", async () => {
    const shop = await world().shop("stopped", versions);
    const strategy = { type: "header", match, bakeMinutes: 1, steps };
    await world().request("c3", "stopped", { strategy });
    await shop.setWeights({ v1: 70, v2: 30 });
    expect(await world().untilEnded("c3")).toMatchObject({ status: "stopped" });
    expect(await shop.weights()).toEqual({ default: { v1: 70, v2: 30 } });
  });
});

describe("weights that somebody else wrote", () => {
  test("are adopted where the request says so: the rollout goes on, and a rollback restores what was first", async () => {
    const shop = await world().shop("adopted", versions);
    const strategy = { type: "canary", steps: [...steps.slice(0, 1), { weight: 50, bakeMinutes: 30 }] };
    await world().request("d1", "adopted", { strategy, onDrift: "adopt" });
    await shop.setWeights({ v1: 70, v2: 30 });
    await world().minutes(4);
    expect(await world().types("d1")).toContain("drift-adopted");
    expect(await shop.weights()).toEqual({ default: { v1: 50, v2: 50 } });
    await world().command("abort", "d1");
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
    await world().minutes(1);
  });

  test("are written over where the request says so", async () => {
    const shop = await world().shop("restored", versions);
    await world().request("d2", "restored", { ...canary, onDrift: "restore" });
    await shop.setWeights({ v1: 70, v2: 30 });
    expect(await world().untilEnded("d2")).toMatchObject({ status: "promoted" });
    expect(await world().types("d2")).toContain("drift-overruled");
    expect(await shop.weights()).toEqual({ default: { v1: 0, v2: 100 } });
  });

  test("include a new rule that forwards to the stable group, which is adopted and shifted with the others", async () => {
    const shop = await world().shop("added", versions);
    await world().request("d3", "added", { ...canary, onDrift: "adopt" });
    await shop.addRule("new", { v1: 100 });
    expect(await world().untilEnded("d3")).toMatchObject({ status: "promoted" });
    expect(await shop.weights()).toEqual({ default: { v1: 0, v2: 100 }, new: { v1: 0, v2: 100 } });
  });
});

test("rules of which some could not be written are tried again until all are", async () => {
  const shop = await world().shop("partly", versions);
  for (const name of ["one", "two", "three"]) await shop.addRule(name, { v1: 100 });
  world().aws.faults.arrange({
    kind: "partial",
    service: "vpc-lattice",
    operation: "BatchUpdateRule",
    count: 1,
  });
  await world().request("p1", "partly", canary);
  await world().clock.advance(20_000);
  expect(world().aws.faults.list()).toMatchObject([{ struck: 1 }]);
  world().aws.faults.clear();
  const shifted = { v1: 90, v2: 10 };
  expect(await shop.weights()).toEqual({ default: shifted, one: shifted, two: shifted, three: shifted });
  await world().command("abort", "p1");
  await world().minutes(1);
  expect(await world().locks()).toEqual([]);
});

test("a rollback that finds weights of somebody else's writes over them, and says so", async () => {
  const shop = await world().shop("overruled", versions);
  await world().request("o1", "overruled", canary);
  await shop.setWeights({ v1: 70, v2: 30 });
  await world().command("abort", "o1");
  expect(await shop.weights()).toEqual({ default: { v1: 100 } });
  const [outcome] = (await world().history("o1")).filter(({ type }) => type === "rollout-rolled-back");
  expect(outcome).toMatchObject({
    warnings: [
      expect.stringMatching(/\/default had 30\/70, not 10\/90 as was noted last: it was written over$/),
    ],
  });
  await world().minutes(1);
});

test("a rollback to a group without a healthy target is done, and says so", async () => {
  const shop = await world().shop("emptied", versions);
  await world().request("s1", "emptied", canary);
  const group = { targetGroupIdentifier: shop.groups.v1 };
  const { items } = await world().aws.call("vpc-lattice", "ListTargets", group);
  const targets = items.map(({ id, port }: { id: string; port: number }) => ({ id, port }));
  await world().aws.call("vpc-lattice", "DeregisterTargets", { ...group, targets });
  await world().command("abort", "s1");
  expect(await shop.weights()).toEqual({ default: { v1: 100 } });
  const [outcome] = (await world().history("s1")).filter(({ type }) => type === "rollout-rolled-back");
  expect(outcome).toMatchObject({
    warnings: [expect.stringMatching(/^stable emptied-v1 has no healthy target \(.*\): see to it/)],
  });
});
