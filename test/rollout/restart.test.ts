import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { manualClock, startLocalAws } from "@espalier/local-aws";
import { afterAll, expect, test } from "vitest";
import { deployEspalier } from "./deployed-espalier.ts";
import { failingOneIn, healthy } from "./shop.ts";
import { World } from "./world.ts";

const data = mkdtempSync(path.join(tmpdir(), "espalier-restart-"));
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** An embedded AWS that keeps its state, at this time; functions and queues go by its port. */
async function start(now: number, port = 0) {
  const clock = manualClock(now);
  const lattice = { transitionMs: 0 };
  const aws = await startLocalAws({
    ...{ clock, data, port, lattice, seed: 1, latticeChoice: "deterministic" },
  });
  return { aws, clock };
}

test("rollouts go on where they were when the AWS that they run in is closed and started again, and end right", async () => {
  const before = await start(Date.UTC(2026, 2, 1, 12, 0, 20));
  const world = new World(before.aws, before.clock, await deployEspalier(before.aws));
  try {
    const good = await world.shop("good", { v1: healthy, v2: healthy });
    const bad = await world.shop("bad", { v1: healthy, v2: failingOneIn(3) });
    await world.minutes(2);
    await world.request("good", "good");
    const steps = [{ weight: 20, bakeMinutes: 30 }];
    await world.request("bad", "bad", { strategy: { type: "canary", steps } });
    await world.minutes(1);
    const baking = { status: "baking", weight: 10 };
    expect(await world.summary("good")).toMatchObject(baking);
    expect(await world.summary("bad")).toMatchObject({ ...baking, weight: 20 });
    const executions = [await world.owner("good"), await world.owner("bad")];

    const { port } = new URL(before.aws.endpoint);
    await before.aws.close();
    const after = await start(before.clock.now(), Number(port));
    world.moveTo(after.aws, after.clock);

    expect(await world.untilEnded("good")).toMatchObject({ status: "promoted" });
    expect(await world.untilEnded("bad", 40, 200)).toMatchObject({ status: "rolled-back", weight: 20 });
    expect(await good.weights()).toEqual({ default: { v1: 0, v2: 100 } });
    expect(await bad.weights()).toEqual({ default: { v1: 100 } });
    expect([await world.owner("good"), await world.owner("bad")]).toEqual(executions);
    for (const execution of executions) expect(await world.status(execution)).toBe("SUCCEEDED");
    expect(await world.locks()).toEqual([]);
    const told = (await world.told()).map(({ detail }) => detail.eventId);
    expect(new Set(told).size).toBe(told.length);
  } finally {
    await world.close();
  }
}, 60_000);
