import { beforeAll, describe, expect, test } from "vitest";
import { serviceRole } from "./deployed-espalier.ts";
import { healthy, type Shop } from "./shop.ts";
import { requestFor, startedWorld } from "./world.ts";

const world = startedWorld();
const versions = { v1: healthy, v2: healthy };

describe("a request", () => {
  let inventory: Shop;

  beforeAll(async () => {
    inventory = await world().shop("inventory", versions);
    await world().shop("other", versions);
    await world().aws.call("vpc-lattice", "CreateTargetGroup", { name: "empty", type: "LAMBDA" });
  });

  test.for<[string, object, RegExp]>([
    [
      "for a weight above 100",
      { strategy: { type: "canary", steps: [{ weight: 120, bakeMinutes: 1 }] } },
      /^strategy\.steps\[0\]\.weight is 120; a weight is a whole number from 0 to 100$/,
    ],
    [
      "for no known strategy",
      { strategy: { type: "yolo" } },
      /^strategy\.type is "yolo"; the strategy types are /,
    ],
    [
      "for an unknown service",
      { service: "inventroy" },
      /^service is "inventroy"; there is no such service, there are .*inventory/,
    ],
    [
      "for an unknown target group",
      { candidate: "inventory-v9" },
      /^candidate is "inventory-v9"; there is no such target group, there are .*inventory-v2/,
    ],
    [
      "for what is stable already",
      { candidate: "inventory-v1", stable: "inventory-v1" },
      /^candidate inventory-v1 already serves all of inventory; name the group of the new version$/,
    ],
    [
      "for what is live and no stable group",
      { candidate: "inventory-v1" },
      /^candidate inventory-v1 already serves all of inventory; name the group of the new version$/,
    ],
    [
      "from a stable group that is idle",
      { candidate: "inventory-v1", stable: "inventory-v2" },
      /^stable inventory-v2 gets no traffic from service inventory; name the group in use$/,
    ],
    [
      "for a group of another service",
      { candidate: "other-v1" },
      /^candidate other-v1 belongs to .*one service only/,
    ],
    ["for a group without targets", { candidate: "empty" }, /^candidate empty has no targets; register/],
    [
      "with a field that nobody knows",
      { nonsense: true },
      /^nonsense is not known; a rollout request has the fields id, service/,
    ],
  ])(
    "%s is refused: one event that says why, nothing locked, nothing changed",
    async ([name, change, problem]) => {
      await world().told();
      const id = name.replaceAll(" ", "-");
      await world().put("Rollout Requested", { ...requestFor(id, "inventory"), ...change });

      const [refused, ...more] = await world().told();
      expect(more).toEqual([]);
      expect(refused).toMatchObject({
        type: "Rollout Refused",
        detail: { problems: [expect.stringMatching(problem)] },
      });
      expect(await world().summary(id)).toMatchObject({ status: "refused" });
      expect(await world().locks()).toEqual([]);
      expect(await inventory.weights()).toEqual({ default: { v1: 100 } });
    },
  );

  test("for a service that is being rolled out is refused, naming who holds it", async () => {
    const shop = await world().shop("busy", versions);
    await world().request("first", "busy");
    await world().request("second", "busy");
    expect(await world().summary("second")).toMatchObject({
      status: "refused",
      reason: expect.stringMatching(
        /^service busy is held by rollout first since 20\S+Z; wait for it to end, or abort it$/,
      ),
    });
    expect(await world().locks()).toMatchObject([{ rollout: "first" }]);
    expect(await shop.weights()).toEqual({ default: { v1: 90, v2: 10 } });
    await world().command("abort", "first");
    await world().minutes(1);
  });

  test("for the version that was promoted is refused, though the group it replaced is still there, idle", async () => {
    const shop = await world().shop("promoted", versions);
    await shop.setWeights({ v1: 0, v2: 100 });
    await world().request("again", "promoted");
    expect(await world().summary("again")).toMatchObject({
      status: "refused",
      reason: expect.stringContaining("candidate promoted-v2 already serves all of promoted"),
    });
    expect(await shop.weights()).toEqual({ default: { v1: 0, v2: 100 } });
    await world().request("backwards", "promoted", { stable: "promoted-v1" });
    expect(await world().summary("backwards")).toMatchObject({
      status: "refused",
      reason: expect.stringContaining("stable promoted-v1 gets no traffic"),
    });
    expect(await shop.weights()).toEqual({ default: { v1: 0, v2: 100 } });
    expect(await world().locks()).toEqual([]);
  });

  test("that comes twice is one rollout", async () => {
    await world().shop("doubled", versions);
    await Promise.all([world().request("same", "doubled"), world().request("same", "doubled")]);
    await world().request("same", "doubled");
    expect(await world().locks()).toMatchObject([{ rollout: "same", generation: 1 }]);
    expect((await world().types("same")).filter((type) => type === "rollout-started")).toHaveLength(1);
    await world().command("abort", "same");
    await world().minutes(1);
    await world().request("same", "doubled");
    expect((await world().summary("same"))?.status).toBe("rolled-back");
    expect(await world().locks()).toEqual([]);
  });

  test("for rules of the Gateway API Controller is refused, since it would undo every shift", async () => {
    const shop = await world().shop("managed", versions);
    const tags = { "application-networking.k8s.aws/ManagedBy": "123456789012/cluster/vpc-1" };
    await world().aws.call("vpc-lattice", "TagResource", { resourceArn: shop.serviceArn, tags });
    await world().request("kubernetes", "managed");
    expect((await world().summary("kubernetes"))?.reason).toMatch(
      /^service managed is managed by the AWS Gateway API Controller/,
    );
  });
});

describe("a request that could not be admitted, though nothing spoke against it,", () => {
  const untilGivenUp = () => world().clock.advance(5 * 60_000);

  test("is refused once, with what failed, and its execution fails", async () => {
    const shop = await world().shop("unseen", versions);
    world().deployed.redeploy("admit", {
      roleArn: serviceRole(world().aws, "blind", "vpc-lattice:ListServices"),
    });
    await world().told();
    await world().request("blind", "unseen");
    await untilGivenUp();
    world().deployed.redeploy("admit");
    expect(await world().told()).toMatchObject([
      {
        type: "Rollout Refused",
        detail: {
          rollout: "blind",
          request: { service: "unseen" },
          problems: [
            expect.stringMatching(
              /^the request could not be taken up: .*not authorized to perform: vpc-lattice:ListServices.*; nothing was changed; mend that/,
            ),
          ],
        },
      },
    ]);
    expect(await world().summary("blind")).toMatchObject({ status: "refused" });
    expect(await world().executions()).toContainEqual(
      expect.objectContaining({ executionArn: await world().owner("blind"), status: "FAILED" }),
    );
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
  });

  test("gives up its lock", async () => {
    await world().shop("locked", versions);
    const failing = { kind: "error", service: "dynamodb", operation: "PutItem", caller: "*/admit" } as const;
    world().aws.faults.arrange({ ...failing, after: 1 });
    await world().request("half", "locked");
    expect(await world().locks()).toMatchObject([{ rollout: "half" }]);
    await untilGivenUp();
    world().aws.faults.clear();
    expect(await world().types("half")).toEqual(["rollout-refused"]);
    expect(await world().locks()).toEqual([]);
  });

  test("gives up its place in the queue, so that the next one gets its turn", async () => {
    await world().shop("queue", versions);
    await world().request("queue-1", "queue");
    await world().request("queue-2", "queue", { whenLocked: "queue" });
    await world().clock.advance(1000);
    await world().request("queue-3", "queue", { whenLocked: "queue" });
    // Each try of the second request, and nobody else's.
    world().aws.faults.arrange({ kind: "crash-before", function: "admit", count: 6 });
    await world().command("pause", "queue-2");
    await untilGivenUp();
    world().aws.faults.clear();
    expect((await world().types("queue-2")).at(-1)).toBe("rollout-refused");
    await world().command("abort", "queue-1");
    await world().untilEnded("queue-1");
    expect(await world().locks()).toMatchObject([{ rollout: "queue-3" }]);
    await world().command("abort", "queue-3");
    await world().untilEnded("queue-3");
  });
});
