import { describe, expect, test } from "vitest";
import { latticeMatchRules, latticeRouter } from "../src/index.ts";
import { runningLattice } from "./topology/running-lattice.ts";

/** A service with a listener that forwards to one of two groups. */
async function shop() {
  const { aws, client } = await runningLattice();
  const call = (operation: string, input: object) => aws.call("vpc-lattice", operation, input);
  const group = async (name: string): Promise<string> =>
    (await call("CreateTargetGroup", { name, type: "LAMBDA" })).id;
  const [stable, candidate] = [await group("stable"), await group("candidate")];
  const service = await call("CreateService", { name: "shop" });
  const forward = (id: string) => ({
    forward: { targetGroups: [{ targetGroupIdentifier: id, weight: 100 }] },
  });
  const { id: listener } = await call("CreateListener", {
    serviceIdentifier: service.id,
    name: "http",
    protocol: "HTTP",
    defaultAction: forward(stable),
  });
  const at = { serviceIdentifier: service.id, listenerIdentifier: listener };
  const addRule = (name: string, priority: number) =>
    call("CreateRule", {
      ...at,
      name,
      priority,
      match: { httpMatch: { pathMatch: { match: { prefix: `/${name}` } } } },
      action: forward(stable),
    });
  const rules = async () => {
    const listed = (await call("ListRules", at)).items.filter(
      ({ isDefault }: { isDefault: boolean }) => !isDefault,
    );
    return Promise.all(
      listed.map(({ id }: { id: string }) => call("GetRule", { ...at, ruleIdentifier: id })),
    );
  };
  const rule = { listener, name: "espalier-0123abcd", match: { method: "GET" as const }, group: candidate };
  return {
    ...{ call, service, candidate, listener, rule, addRule, rules },
    router: latticeRouter(client),
    matchRules: latticeMatchRules(client),
  };
}

describe("a match", () => {
  test("becomes a rule of the lowest free priority that forwards to the candidate alone, tagged", async () => {
    const { matchRules, service, rule, addRule, rules, candidate, call } = await shop();
    await addRule("one", 1);
    await addRule("three", 3);
    const match = {
      header: { name: "x-canary", prefix: "y" },
      method: "POST" as const,
      path: { exact: "/cart" },
    };
    await matchRules.putMatch(service, { ...rule, match });
    const made = (await rules()).find(({ name }) => name === rule.name);
    expect(made).toMatchObject({
      priority: 2,
      match: {
        httpMatch: {
          method: "POST",
          pathMatch: { match: { exact: "/cart" }, caseSensitive: true },
          headerMatches: [{ name: "x-canary", match: { prefix: "y" }, caseSensitive: true }],
        },
      },
      action: { forward: { targetGroups: [{ targetGroupIdentifier: candidate, weight: 100 }] } },
    });
    const { tags } = await call("ListTagsForResource", { resourceArn: made.arn });
    expect(tags).toEqual({ "espalier:match": rule.name });
  });

  test("put again is one rule, as it was put last", async () => {
    const { matchRules, service, rule, rules } = await shop();
    await matchRules.putMatch(service, rule);
    await matchRules.putMatch(service, { ...rule, match: { method: "PUT" } });
    expect(await rules()).toMatchObject([{ name: rule.name, match: { httpMatch: { method: "PUT" } } }]);
  });

  test("is removed by its name, and removing it again does nothing", async () => {
    const { matchRules, service, rule, addRule, rules } = await shop();
    await addRule("kept", 1);
    await matchRules.putMatch(service, rule);
    await matchRules.removeMatch(service, rule.name);
    await matchRules.removeMatch(service, rule.name);
    expect((await rules()).map(({ name }) => name)).toEqual(["kept"]);
  });

  test("is none of the actions whose weights are shifted", async () => {
    const { matchRules, router, service, rule, listener } = await shop();
    await matchRules.putMatch(service, rule);
    expect((await router.actions(service)).map(({ place }) => place)).toEqual([
      { type: "default-action", listener },
    ]);
  });
});

test("actions are written in as few calls as Lattice takes: ten rules of a listener, a default action alone", async () => {
  const { router, service, addRule, candidate } = await shop();
  for (let k = 1; k <= 10; k += 1) await addRule(`place-${k}`, k);
  const actions = (await router.actions(service)).map(({ place }) => ({
    place,
    groups: [{ id: candidate, weight: 100 }],
  }));
  const parts = router.parts(actions);
  expect(parts.map((part) => part.length).sort()).toEqual([1, 10]);
  for (const part of parts) await router.write(service, part);
  expect(await router.actions(service)).toEqual(actions);
});
