import { table } from "@espalier/rollout";
import { describe, expect, test } from "vitest";
import { healthy } from "./shop.ts";
import { startedWorld } from "./world.ts";

const world = startedWorld();
const long = { strategy: { type: "canary", steps: [{ weight: 50, bakeMinutes: 24 }] } };

const keyOf = (id: string) =>
  Object.fromEntries(Object.entries(table.snapshot(id)).map(([name, text]) => [name, { S: text }]));

const snapshotOf = async (id: string) =>
  (
    await world().aws.call("dynamodb", "GetItem", {
      TableName: world().deployed.table,
      Key: keyOf(id),
    })
  ).Item;

describe("a rollout of many commits", () => {
  test("is kept as a snapshot, which a release that cannot read it leaves aside", async () => {
    await world().shop("kept", { v1: healthy, v2: healthy });
    await world().request("kept", "kept", long);
    await world().minutes(22, 4);
    const snapshot = await snapshotOf("kept");
    expect(Number(snapshot.seq.N)).toBeGreaterThanOrEqual(20);

    const unreadable = { format: { N: "999" }, rollout: { S: "of a later release" } };
    await world().aws.call("dynamodb", "PutItem", {
      TableName: world().deployed.table,
      Item: { ...snapshot, ...unreadable },
    });
    expect(await world().untilEnded("kept", 10, 4)).toMatchObject({ status: "promoted" });
    expect((await world().types("kept")).filter((type) => type === "rollout-started")).toHaveLength(1);
    expect((await snapshotOf("kept")).format).not.toEqual(unreadable.format);
  }, 60_000);

  test("answers each command once, though its answer is in no commit that is read again", async () => {
    await world().shop("once", { v1: healthy, v2: healthy });
    await world().request("once", "once", long);
    await world().command("pause", "once", "the-pause");
    await world().command("resume", "once", "the-resume");
    await world().minutes(24, 4);
    expect(await snapshotOf("once")).toBeDefined();
    await world().command("pause", "once", "the-pause");
    await world().minutes(1, 4);
    const types = await world().types("once");
    expect(types.filter((type) => type === "rollout-paused")).toHaveLength(1);
    expect(types).not.toContain("command-declined");
    expect(await world().untilEnded("once", 10, 4)).toMatchObject({ status: "promoted" });
  }, 60_000);

  test("knows a request that comes again, though its first commit is not read any more", async () => {
    await world().shop("again", { v1: healthy, v2: healthy });
    await world().request("again", "again", long);
    await world().minutes(23, 4);
    await world().request("again", "again", long);
    expect(await world().locks()).toMatchObject([{ rollout: "again", generation: 1 }]);
    expect((await world().types("again")).filter((type) => type === "rollout-started")).toHaveLength(1);
    await world().command("abort", "again");
    await world().minutes(1);
  }, 60_000);
});
