import type { GroupOrder, MadeGroup } from "@espalier/rollout";
import { beforeEach, describe, expect, test } from "vitest";
import { latticeGroups } from "../../src/index.ts";
import { putFunction, runningLattice, vpc } from "../topology/running-lattice.ts";

type Running = Awaited<ReturnType<typeof runningLattice>>;

let lattice: Running;
let groups: ReturnType<typeof latticeGroups>;
let service: { id: string; arn: string; name: string };
let stable: string;

const call = (operation: string, input: object) => lattice.aws.call("vpc-lattice", operation, input);

beforeEach(async () => {
  lattice = await runningLattice();
  groups = latticeGroups(lattice.client);
  service = await call("CreateService", { name: "inventory" });
  const healthCheck = { enabled: true, path: "/healthy", healthCheckIntervalSeconds: 17 };
  const config = { port: 8080, protocol: "HTTP", vpcIdentifier: vpc, healthCheck };
  ({ id: stable } = await call("CreateTargetGroup", { name: "inventory-v1", type: "IP", config }));
});

const orderOf = (rollout: string, ...addresses: string[]): GroupOrder => ({
  ...{ rollout, service, stable, type: "IP" },
  targets: addresses.map((id) => ({ id })),
});

async function made(order: GroupOrder): Promise<MadeGroup> {
  const found = (await groups.made()).find(({ rollout }) => rollout === order.rollout);
  if (found === undefined) throw new Error(`no group was made for ${order.rollout}`);
  return found;
}

const settings = ({ id }: { id: string }) => call("GetTargetGroup", { targetGroupIdentifier: id });

const targets = async ({ id }: { id: string }) =>
  (await call("ListTargets", { targetGroupIdentifier: id })).items;

describe("a group made for a candidate", () => {
  test("is set like the stable one, health check and all", async () => {
    const order = orderOf("r1", "10.0.0.2");
    await groups.make(order);
    const group = await made(order);
    expect(group).toMatchObject({ status: "ACTIVE", service: service.arn, type: "IP" });
    expect(group.name).toMatch(/^espalier-inventory-[0-9a-f]{8}$/);
    expect((await settings(group)).config).toEqual((await settings({ id: stable })).config);
  });

  test("is known by what was ordered: other addresses or another stable group make another group", async () => {
    const order = orderOf("r1", "10.0.0.2", "10.0.0.3");
    await groups.make(order);
    const { contents } = await made(order);
    expect(await groups.specify(orderOf("r2", "10.0.0.3", "10.0.0.2"))).toMatchObject({ contents });
    expect(await groups.specify(orderOf("r2", "10.0.0.3"))).not.toMatchObject({ contents });
    const other = { port: 9090, protocol: "HTTP", vpcIdentifier: vpc };
    const { id } = await call("CreateTargetGroup", { name: "other", type: "IP", config: other });
    expect(await groups.specify({ ...order, stable: id })).not.toMatchObject({ contents });
  });

  test("is made once, however often it is asked for", async () => {
    await groups.make(orderOf("r1", "10.0.0.2"));
    await groups.make(orderOf("r1", "10.0.0.2"));
    expect(await groups.made()).toHaveLength(1);
  });

  test("is refused where somebody else has its name", async () => {
    await groups.make(orderOf("r1", "10.0.0.2"));
    await expect(groups.make(orderOf("r1", "10.0.0.3"))).rejects.toMatchObject({ name: "CandidateRefused" });
  });

  test("gets the targets that were ordered, and keeps them when it is filled again", async () => {
    const order = orderOf("r1", "10.0.0.2", "10.0.0.3");
    await groups.make(order);
    const group = await made(order);
    await groups.fill(group, order.targets);
    await groups.fill(group, order.targets);
    expect(await targets(group)).toMatchObject([
      { id: "10.0.0.2", port: 8080 },
      { id: "10.0.0.3", port: 8080 },
    ]);
    expect(await groups.health(group)).toEqual(["UNUSED", "UNUSED"]);
  });

  test("says which target Lattice does not take", async () => {
    const order = orderOf("r1", "10.0.0.2", "nowhere");
    await groups.make(order);
    await expect(groups.fill(await made(order), order.targets)).rejects.toMatchObject({
      name: "CandidateRefused",
      message: expect.stringMatching(/^nowhere is no target for Lattice: /),
    });
  });

  test("holds a function, where the stable group holds addresses, with Lattice's newer events", async () => {
    const order = {
      ...orderOf("r1"),
      type: "LAMBDA" as const,
      targets: [{ id: putFunction(lattice.aws, "v7") }],
    };
    await groups.make(order);
    const group = await made(order);
    await groups.fill(group, order.targets);
    expect((await settings(group)).config).toEqual({ lambdaEventStructureVersion: "V2" });
    expect(await targets(group)).toMatchObject([{ id: order.targets[0]?.id }]);
  });

  test("of addresses cannot be made like a group of a function, and that says what would do", async () => {
    const { id } = await call("CreateTargetGroup", { name: "function", type: "LAMBDA" });
    expect(await groups.specify({ ...orderOf("r1", "10.0.0.2"), stable: id })).toEqual({
      type: "impossible",
      problem: expect.stringMatching(/no VPC, port and protocol; make the group and name it$/),
    });
  });
});

describe("an idle group", () => {
  test("is refitted for other targets, which drain the former ones", async () => {
    const before = orderOf("r1", "10.0.0.2", "10.0.0.3");
    const after = orderOf("r2", "10.0.0.3", "10.0.0.4");
    await groups.make(before);
    await groups.fill(await made(before), before.targets);
    await groups.refit(await made(before), after);
    const group = await made(after);
    expect(await groups.specify(after)).toMatchObject({ contents: group.contents, settings: group.settings });
    await groups.fill(group, after.targets);
    await lattice.clock.advance(120_000);
    expect((await targets(group)).map(({ id }: { id: string }) => id).sort()).toEqual([
      "10.0.0.3",
      "10.0.0.4",
    ]);
  });

  test("takes on the health check that the stable group has by then", async () => {
    const before = orderOf("r1", "10.0.0.2");
    await groups.make(before);
    const healthCheck = { path: "/other", enabled: true };
    await call("UpdateTargetGroup", { targetGroupIdentifier: stable, healthCheck });
    await groups.refit(await made(before), orderOf("r2", "10.0.0.4"));
    const { config } = await settings(await made(orderOf("r2")));
    expect(config.healthCheck).toMatchObject({ path: "/other" });
  });

  test("is deleted once its targets have drained, and a group that is gone is no failure", async () => {
    const order = orderOf("r1", "10.0.0.2");
    await groups.make(order);
    const group = await made(order);
    await groups.fill(group, order.targets);
    expect(await groups.remove(group)).toBe(false);
    expect(await groups.remove(group)).toBe(false);
    await lattice.clock.advance(120_000);
    expect(await groups.remove(group)).toBe(true);
    await lattice.clock.advance(0);
    expect(await groups.made()).toEqual([]);
    expect(await groups.remove(group)).toBe(true);
  });
});

test("a group of somebody else is never taken for one that was made here, whatever its name", async () => {
  const config = { port: 80, protocol: "HTTP", vpcIdentifier: vpc };
  await call("CreateTargetGroup", { name: "espalier-inventory-deadbeef", type: "IP", config });
  expect(await groups.made()).toEqual([]);
});
