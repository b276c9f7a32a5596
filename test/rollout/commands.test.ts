import { describe, expect, test } from "vitest";
import { healthy } from "./shop.ts";
import { startedWorld } from "./world.ts";

const world = startedWorld();
const versions = { v1: healthy, v2: healthy };

describe("while a rollout bakes", () => {
  test("pause holds it beyond its bake, and resume lets it go on", async () => {
    const shop = await world().shop("paused", versions);
    await world().request("p1", "paused");
    await world().command("pause", "p1");
    expect((await world().summary("p1"))?.status).toBe("paused");
    await world().minutes(8);
    expect(await shop.weights()).toEqual({ default: { v1: 90, v2: 10 } });
    await world().command("resume", "p1");
    expect((await world().summary("p1"))?.status).toBe("baking");
    expect(await world().untilEnded("p1")).toMatchObject({ status: "promoted" });
  });

  test("promote shifts everything at once, with who and why in the history", async () => {
    const shop = await world().shop("promoted", versions);
    await world().request("p2", "promoted");
    await world().command("promote", "p2");
    expect(await shop.weights()).toEqual({ default: { v1: 0, v2: 100 } });
    expect((await world().summary("p2"))?.reason).toMatch(
      /^promoted at 10%: asked for by ana, "a test"; promoted-v2 served/,
    );
    expect(await world().locks()).toEqual([]);
  });

  test("abort restores the weights at once", async () => {
    const shop = await world().shop("aborted", versions);
    await world().request("p3", "aborted");
    await world().command("abort", "p3");
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
    expect(await world().untilEnded("p3")).toMatchObject({
      status: "rolled-back",
      reason: expect.stringContaining('aborted by ana, "a test"'),
    });
  });

  test("abort also ends a pause", async () => {
    const shop = await world().shop("held", versions);
    await world().request("p4", "held");
    await world().command("pause", "p4");
    await world().command("abort", "p4");
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
    expect(await world().untilEnded("p4")).toMatchObject({ status: "rolled-back" });
  });

  test("a command that comes twice counts once", async () => {
    await world().shop("twice", versions);
    await world().request("p5", "twice");
    await world().command("pause", "p5", "one-pause");
    await world().command("resume", "p5", "one-resume");
    await world().command("pause", "p5", "one-pause");
    expect((await world().summary("p5"))?.status).toBe("baking");
    expect(await world().types("p5")).not.toContain("command-declined");
    await world().command("abort", "p5");
    await world().minutes(1);
  });

  test("a flood of commands is answered one by one, and the last of them ends it", async () => {
    await world().shop("flooded", versions);
    await world().request("p6", "flooded");
    const flood = Array.from({ length: 30 }, (_, k) =>
      world().command(k % 2 ? "resume" : "pause", "p6", `f${k}`),
    );
    await Promise.all(flood);
    await world().command("abort", "p6");
    await world().minutes(1);
    const history = await world().history("p6");
    const answers = history.filter(({ type }) =>
      ["rollout-paused", "rollout-resumed", "command-declined", "roll-back-decided"].includes(type),
    );
    expect(answers).toHaveLength(31);
    expect(await world().locks()).toEqual([]);
  });
});

describe("a command that comes too late", () => {
  test("while the service is kept for late writers is declined on the bus: the outcome has been told", async () => {
    await world().shop("late", versions);
    await world().request("l1", "late");
    await world().command("abort", "l1");
    expect((await world().told()).map(({ type }) => type)).toContain("Rollout Rolled Back");
    expect(await world().locks()).toMatchObject([{ rollout: "l1" }]);
    await world().command("promote", "l1");
    expect(await world().told()).toMatchObject([
      { type: "Command Declined", detail: { command: "promote", reason: "the rollout is over" } },
    ]);
    await world().minutes(1);
    expect(await world().locks()).toEqual([]);
  });

  test("after the end is declined on the bus, and changes nothing", async () => {
    const shop = await world().shop("over", versions);
    await world().request("l2", "over");
    await world().command("promote", "l2");
    await world().told();
    const before = await world().history("l2");
    await world().command("abort", "l2");
    expect(await world().told()).toMatchObject([
      {
        type: "Command Declined",
        detail: { rollout: "l2", command: "abort", reason: "the rollout is over" },
      },
    ]);
    expect(await world().history("l2")).toEqual(before);
    expect(await shop.weights()).toEqual({ default: { v1: 0, v2: 100 } });
  });

  test.for([
    [{ rollout: "nobody" }, "no rollout has this id"],
    [{}, "rollout is missing; an id has 1 to 200 letters, digits and . _ : / + -"],
  ])("or for no rollout at all (%j) is declined with the reason", async ([detail, reason]) => {
    await world().told();
    await world().put("Rollout Pause Requested", detail);
    expect(await world().told()).toMatchObject([{ type: "Command Declined", detail: { reason } }]);
  });
});
