import { describe, expect, test } from "vitest";
import { healthy } from "./shop.ts";
import { startedWorld } from "./world.ts";

const world = startedWorld();
const versions = { v1: healthy, v2: healthy };

describe("a second request for a service", () => {
  test("that queues begins as soon as the first is over", async () => {
    const shop = await world().shop("queued", versions);
    await world().request("q1", "queued");
    await world().request("q2", "queued", { whenLocked: "queue" });
    expect(await world().summary("q2")).toMatchObject({ status: "queued" });
    await world().command("abort", "q1");
    await world().untilEnded("q1");
    expect(await world().locks()).toMatchObject([{ rollout: "q2", service: shop.serviceArn }]);
    expect(await shop.weights()).toEqual({ default: { v1: 90, v2: 10 } });
    await world().command("abort", "q2");
    await world().untilEnded("q2");
  });

  test("that supersedes ends the first, which says why, and begins", async () => {
    await world().shop("superseded", versions);
    await world().request("s1", "superseded");
    await world().request("s2", "superseded", { whenLocked: "supersede", requestedBy: "bo" });
    expect(await world().untilEnded("s1")).toMatchObject({
      status: "rolled-back",
      reason: expect.stringContaining('aborted by bo, "superseded by s2"'),
    });
    expect(await world().locks()).toMatchObject([{ rollout: "s2" }]);
    await world().command("abort", "s2");
    await world().untilEnded("s2");
  });

  test("is called off while it waits, at once", async () => {
    await world().shop("called-off", versions);
    await world().request("c1", "called-off");
    await world().request("c2", "called-off", { whenLocked: "queue" });
    await world().command("abort", "c2");
    expect(await world().summary("c2")).toMatchObject({ status: "refused" });
    expect(await world().locks()).toMatchObject([{ rollout: "c1" }]);
    await world().command("abort", "c1");
    await world().untilEnded("c1");
  });

  test("whose execution is stopped while it waits is refused by the sweep", async () => {
    await world().shop("stopped", versions);
    await world().request("d1", "stopped");
    await world().stopIn("AwaitAdmission", {
      ...{ id: "d2", service: "stopped", candidate: "stopped-v2", whenLocked: "queue" },
    });
    const at = new Date(world().clock.now()).toISOString();
    expect(await world().invoke("sweep-leftovers", { at })).toMatchObject({ refused: ["d2"] });
    expect(await world().summary("d2")).toMatchObject({ status: "refused" });
    await world().command("abort", "d1");
    await world().untilEnded("d1");
  });
});

describe("a promotion", () => {
  test("is undone at once by one event, and the history says what was undone", async () => {
    const shop = await world().shop("undone", versions);
    await world().request("u1", "undone");
    await world().command("promote", "u1");
    expect(await shop.weights()).toEqual({ default: { v1: 0, v2: 100 } });
    await world().put("Rollout Undo Requested", { rollout: "u1", requestedBy: "ana", reason: "late errors" });
    expect(await shop.weights()).toEqual({ default: { v1: 100, v2: 0 } });
    expect(await world().untilEnded("u1-undo")).toMatchObject({ status: "promoted", candidate: "undone-v1" });
    const [started] = await world().history("u1-undo");
    expect(started).toMatchObject({ undoes: "u1", by: "ana", why: "late errors" });
  });

  test("is not undone where the Gateway API Controller has taken the service over since", async () => {
    const shop = await world().shop("taken-over", versions);
    await world().request("t1", "taken-over");
    await world().command("promote", "t1");
    const tags = { "application-networking.k8s.aws/ManagedBy": "123456789012/cluster/vpc-1" };
    await world().aws.call("vpc-lattice", "TagResource", { resourceArn: shop.serviceArn, tags });
    await world().put("Rollout Undo Requested", { rollout: "t1" });
    expect(await world().summary("t1-undo")).toMatchObject({
      status: "refused",
      reason: expect.stringContaining("is managed by the AWS Gateway API Controller"),
    });
    expect(await shop.weights()).toEqual({ default: { v1: 0, v2: 100 } });
  });

  test("is not undone where somebody else has moved the weights", async () => {
    const shop = await world().shop("moved", versions);
    await world().request("m1", "moved");
    await world().command("promote", "m1");
    await shop.setWeights({ v1: 20, v2: 80 });
    await world().put("Rollout Undo Requested", { rollout: "m1" });
    expect(await world().summary("m1-undo")).toMatchObject({
      status: "refused",
      reason: expect.stringMatching(/^the service has moved on since m1/),
    });
    expect(await shop.weights()).toEqual({ default: { v1: 20, v2: 80 } });
  });
});
