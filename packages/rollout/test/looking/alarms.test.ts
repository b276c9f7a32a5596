import { describe, expect, test } from "vitest";
import { type AlarmState, type Command, summary, takeTurn } from "../../src/index.ts";
import { after, command, firstMinute, started } from "../builders.ts";
import { carried } from "../workflow.ts";

const steps = [{ weight: 10, bakeMinutes: 20 }];
const alarm = (state: AlarmState["state"], name = "checkout"): Command => ({
  id: `alarm-${name}-${state}`,
  type: "alarm",
  at: after(1),
  name,
  state,
});

describe("an alarm that the request names", () => {
  const watched = started(steps, { alarms: ["checkout"] });

  test("rolls back as soon as it fires, also a paused rollout", () => {
    const story = carried(watched).until(2).command(command("pause")).command(alarm("ALARM"));
    expect(summary(story.rollout)).toMatchObject({
      status: "rolled-back",
      reason: expect.stringMatching(/^rolled back at 10%: the alarm checkout fires; /),
    });
  });

  test("is noted where it does not fire, and one of another name too", () => {
    const story = carried(watched).until(2);
    story.command(alarm("OK")).command(alarm("INSUFFICIENT_DATA")).command(alarm("ALARM", "other"));
    expect(story.of("alarm-noted")).toHaveLength(3);
    expect(summary(story.rollout)?.status).toBe("baking");
  });

  test("rolls back too where it is only seen, with no command", () => {
    const story = carried(watched)
      .until(2)
      .see({ alarms: [{ name: "checkout", state: "ALARM" }] });
    expect(summary(story.rollout)?.status).toBe("rolled-back");
  });

  test("is noted once, though a look and its own event tell of it together, or one after the other", () => {
    const story = carried(watched).until(2);
    const seen = { alarms: [{ name: "checkout", state: "ALARM" as const }] };
    const together = takeTurn(story.rollout, [alarm("ALARM")], seen, after(2));
    expect(together.map(({ type }) => type)).toEqual(["alarm-noted", "roll-back-decided"]);
    story.see(seen).command(alarm("ALARM"));
    expect(story.of("alarm-noted")).toHaveLength(1);
    expect(story.of("command-declined")).toEqual([]);
  });

  test("is noted again when it has changed in between", () => {
    const story = carried(watched).until(2);
    for (const state of ["OK", "INSUFFICIENT_DATA", "OK", "OK"] as const) story.command(alarm(state));
    expect(story.of("alarm-noted")).toHaveLength(3);
  });

  test("changes nothing once the rollout has ended", () => {
    const story = carried(watched).until(60);
    const { rollout } = story;
    story.command(alarm("ALARM"));
    expect(story.rollout).toBe(rollout);
  });
});

describe("a threshold", () => {
  const query = { namespace: "AWS/SQS", metric: "Age" };
  const metric = { name: "queue", query, above: 30, forMinutes: 3 };
  const served = [{ name: "errors", weight: 1 }];
  const level = (minute: number, value: number | null) => ({
    levels: [{ name: "queue", minute: (firstMinute + minute) as never, value }],
  });
  const of = (values: readonly (number | null)[], more: object = {}) =>
    carried(started(steps, { metrics: [...served, { ...metric, ...more }] }), {
      sees: (minute) => level(minute, minute in values ? (values[minute] ?? null) : 0),
    }).until(values.length);

  test("that is passed for as many minutes in a row as asked rolls back, and says the last value", () => {
    const story = of([0, 40, 40, 12, 31, 32, 33]);
    expect(summary(story.rollout)).toMatchObject({
      status: "rolled-back",
      reason: expect.stringContaining("queue was above 30 for 3 minutes in a row, at last 33"),
    });
    expect(story.of("rollout-rolled-back")).toMatchObject([{ levels: [{ name: "queue", value: 33 }] }]);
  });

  test("below which a value falls does the same", () => {
    const story = of([9, 9, 1, 1, 1], { above: undefined, below: 2 });
    expect(summary(story.rollout)?.reason).toContain("queue was below 2 for 3 minutes in a row");
  });

  test("is not passed by minutes without a value, which neither count nor interrupt", () => {
    expect(summary(of([0, 40, null, null, 40, null]).rollout)?.status).toBe("baking");
    expect(summary(of([0, 40, null, 40, 40]).rollout)?.status).toBe("rolled-back");
  });

  test("that is a dry run is told and decides nothing", () => {
    const story = of([0, 40, 40, 40, 40, 40], { dryRun: true }).until(60);
    expect(story.of("rollout-promoted")).toMatchObject([{ levels: [{ name: "queue" }] }]);
  });

  test("read twice counts once", () => {
    const story = of([0, 40, 40]);
    for (let again = 0; again < 5; again += 1) story.see(level(2, 40));
    expect(summary(story.rollout)?.status).toBe("baking");
  });
});
