import { describe, expect, test } from "vitest";
import { healthy } from "./shop.ts";
import { startedWorld } from "./world.ts";

const world = startedWorld();
const versions = { v1: healthy, v2: healthy };
const canary = (bakeMinutes: number) => ({
  strategy: {
    type: "canary",
    steps: [
      { weight: 10, bakeMinutes },
      { weight: 50, bakeMinutes: 1 },
    ],
  },
});

const alarm = (AlarmName: string) =>
  world().aws.call("monitoring", "PutMetricAlarm", {
    AlarmName,
    Namespace: "Shop",
    MetricName: "Complaints",
    Statistic: "Sum",
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: "GreaterThanThreshold",
    TreatMissingData: "ignore",
  });

const setAlarm = async (AlarmName: string, StateValue: string) => {
  await world().aws.call("monitoring", "SetAlarmState", { AlarmName, StateValue, StateReason: "a test" });
  await world().settle();
};

describe("an alarm that the request names", () => {
  test("ends the wait when it fires, and rolls back at once", async () => {
    await alarm("complaints");
    await setAlarm("complaints", "OK");
    const shop = await world().shop("alarmed", versions);
    await world().request("a1", "alarmed", { ...canary(30), alarms: ["complaints"] });
    expect(await shop.weights()).toEqual({ default: { v1: 90, v2: 10 } });
    await setAlarm("complaints", "ALARM");
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
    expect(await world().summary("a1")).toMatchObject({
      status: "rolled-back",
      reason: expect.stringContaining("the alarm complaints fires"),
    });
    await world().minutes(1);
  });

  test("reaches a rollout whose event was lost by the next look", async () => {
    await alarm("unheard");
    await setAlarm("unheard", "OK");
    const shop = await world().shop("unheard", versions);
    await world().request("a2", "unheard", { ...canary(30), alarms: ["unheard"] });
    await world().aws.call("events", "DisableRule", { Name: "alarm" });
    await setAlarm("unheard", "ALARM");
    expect(await shop.weights()).toEqual({ default: { v1: 90, v2: 10 } });
    await world().minutes(2);
    await world().aws.call("events", "EnableRule", { Name: "alarm" });
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
  });
});

describe("while everything is frozen", () => {
  test("no share grows, and each rollout says by whose word; thawed, it goes on", async () => {
    const shop = await world().shop("frozen", versions);
    await world().request("f1", "frozen", canary(1));
    await world().put("Freeze Requested", { frozen: true, requestedBy: "ana", reason: "an incident" });
    await world().minutes(5);
    expect(await shop.weights()).toEqual({ default: { v1: 90, v2: 10 } });
    expect((await world().summary("f1"))?.reason).toMatch(/frozen by ana, "an incident"/);
    await world().put("Freeze Requested", { frozen: false, requestedBy: "ana" });
    expect(await shop.weights()).toEqual({ default: { v1: 50, v2: 50 } });
    expect(await world().untilEnded("f1")).toMatchObject({ status: "promoted" });
  });

  test("a rollout that has not begun to shift waits over a night", async () => {
    await world().put("Freeze Requested", { frozen: true });
    const shop = await world().shop("night", versions);
    const slow = ["slowAtP90", "slowAtP99"].map((name) => ({ name, weight: 0.2, slowerThanMs: 1000 }));
    const metrics = [{ name: "errors", weight: 0.6 }, ...slow];
    await world().request("f3", "night", { ...canary(1), metrics });
    await world().clock.advance(16 * 60 * 60_000);
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
    expect((await world().summary("f3"))?.reason).toMatch(/frozen/);
    await world().put("Freeze Requested", { frozen: false });
    expect(await world().untilEnded("f3")).toMatchObject({ status: "promoted" });
  }, 120_000);

  test("going back is free", async () => {
    const shop = await world().shop("back", versions);
    await world().request("f2", "back", canary(10));
    await world().put("Freeze Requested", { frozen: true });
    await world().command("abort", "f2");
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
    await world().minutes(1);
    await world().put("Freeze Requested", { frozen: false });
  });

  test("a freeze that makes no sense is declined with the reason", async () => {
    await world().told();
    await world().put("Freeze Requested", { frozen: "yes" });
    expect(await world().told()).toMatchObject([
      { type: "Command Declined", detail: { reason: 'frozen is "yes"; frozen is true or false' } },
    ]);
  });
});

describe("metrics that cannot be read", () => {
  test("hold the rollout, which says so, and goes on when they can be read again", async () => {
    const shop = await world().shop("unreadable", versions);
    await world().request("u1", "unreadable", canary(2));
    world().aws.faults.arrange({ kind: "error", service: "monitoring", operation: "GetMetricData" });
    await world().minutes(5);
    expect(await shop.weights()).toEqual({ default: { v1: 90, v2: 10 } });
    expect(await world().types("u1")).toContain("metrics-unreadable");
    world().aws.faults.clear();
    expect(await world().untilEnded("u1")).toMatchObject({ status: "promoted" });
    expect(await world().types("u1")).toContain("metrics-readable");
  }, 60_000);

  test("for too long end it as it asks", async () => {
    const shop = await world().shop("blind", versions);
    const unreadable = { minutes: 3, otherwise: "roll-back" };
    await world().request("u2", "blind", { ...canary(30), unreadable });
    world().aws.faults.arrange({ kind: "error", service: "monitoring", operation: "GetMetricData" });
    await world().minutes(7);
    world().aws.faults.clear();
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
    expect(await world().summary("u2")).toMatchObject({ status: "rolled-back" });
    await world().minutes(1);
  }, 60_000);
});
