import { describe, expect, test } from "vitest";
import { type HookAnswer, summary, waitingFor } from "../../src/index.ts";
import { admitted, after, command, started } from "../builders.ts";
import { carried } from "../workflow.ts";

const url = "http://checks.example/go";
const lambda = "arn:aws:lambda:us-east-1:123456789012:function:check";
const steps = [{ weight: 10, bakeMinutes: 2 }];
const starting = [{ at: "start", url }];
const go: HookAnswer = { answer: "go", reason: "" };
const answering = (...answers: HookAnswer[]) => {
  const asked: object[] = [];
  const hook = (call: object) => {
    asked.push(call);
    return answers.shift() ?? go;
  };
  return { asked, hook };
};

describe("hooks", () => {
  test("are asked before the first shift, after each step, before promotion, in order", () => {
    const hooks = [
      { at: "end", url },
      { at: "start", lambda },
      { at: "step", url },
    ];
    const { asked, hook } = answering();
    const own = [{ ...steps[0], hook: { lambda } }];
    const story = carried(started(own, { hooks }), { hook }).until(20);
    expect(asked).toEqual([
      { type: "run-hook", hook: { lambda }, at: "start", step: 0, attempt: 1 },
      { type: "run-hook", hook: { lambda }, at: "step", step: 0, attempt: 2 },
      { type: "run-hook", hook: { url }, at: "step", step: 0, attempt: 3 },
      { type: "run-hook", hook: { url }, at: "end", step: 1, attempt: 4 },
    ]);
    expect(summary(story.rollout)?.status).toBe("promoted");
  });

  test.for<[string, object, number]>([
    ["blue-green", { type: "blue-green", testMinutes: 2, watchMinutes: 2 }, 2],
    ["linear", { type: "linear", by: 25, everyMinutes: 2 }, 3],
    ["shift", { type: "shift", to: 50 }, 1],
    ["shift, to everything at once,", { type: "shift", to: 100 }, 0],
  ])("before the end of %s are asked once, after the last step", ([, strategy, step]) => {
    const { asked, hook } = answering();
    const first = started([], { strategy, hooks: [{ at: "end", url }, ...starting] });
    const story = carried(first, { hook }).until(30);
    expect(asked).toMatchObject([
      { at: "start", step: 0 },
      { at: "end", step, hook: { url } },
    ]);
    expect(["promoted", "shifted"]).toContain(summary(story.rollout)?.status);
  });

  test("that say stop roll back, with their reason", () => {
    const { hook } = answering({ answer: "stop", reason: "the load test failed" });
    const story = carried(started(steps, { hooks: [{ at: "step", url }] }), { hook }).until(20);
    expect(summary(story.rollout)).toMatchObject({
      status: "rolled-back",
      reason: expect.stringContaining(`the hook ${url} said stop, "the load test failed"`),
    });
  });

  test("that say stop before the start change nothing at all", () => {
    const { hook } = answering({ answer: "stop", reason: "no" });
    const story = carried(started(steps, { hooks: [{ at: "start", url }] }), { hook });
    expect(summary(story.rollout)).toMatchObject({ status: "rolled-back", weight: 0 });
    expect(story.types()).not.toContain("shift-decided");
  });

  test("that say wait are asked again a while later, and the rollout says what it waits for", () => {
    const wait: HookAnswer = { answer: "wait", reason: "warming up" };
    const { asked, hook } = answering(wait, wait);
    const story = carried(started(steps, { hooks: [{ at: "start", url }] }), { hook });
    expect(waitingFor(story.rollout)).toMatchObject({
      for: expect.stringMatching(`^the hook ${url} says wait, "warming up"; until .*, then roll-back$`),
      until: after(10),
    });
    story.command(command("resume"));
    expect(asked).toHaveLength(1);
    story.until(20);
    expect(asked).toHaveLength(3);
    expect(summary(story.rollout)?.status).toBe("promoted");
  });

  test.for([
    ["roll-back", "rolled-back"],
    ["go-on", "promoted"],
  ] as const)("that never say go end as asked: %s", ([otherwise, status]) => {
    const hooks = [{ at: "step", url, withinMinutes: 3, otherwise }];
    const hook = () => ({ answer: "wait" as const, reason: "it did not answer" });
    const story = carried(started(steps, { hooks }), { hook }).until(30);
    expect(summary(story.rollout)?.status).toBe(status);
    const told = JSON.stringify(story.events);
    expect(told).toContain("the hook did not say go within 3 minutes");
  });

  test("at a rollback are asked once the weights are back, and cannot stop it", () => {
    const { asked, hook } = answering({ answer: "wait", reason: "busy" }, { answer: "stop", reason: "no" });
    const hooks = [
      { at: "roll-back", url },
      { at: "roll-back", lambda },
    ];
    const story = carried(started(steps, { hooks }), { hook }).until(1);
    story.command(command("abort"));
    expect(summary(story.rollout)).toMatchObject({ status: "rolling-back" });
    expect(story.types().indexOf("weights-restored")).toBeLessThan(story.types().indexOf("hook-called"));
    story.until(5);
    expect(asked.map((call) => "hook" in call && call.hook)).toEqual([{ url }, { url }, { lambda }]);
    expect(summary(story.rollout)?.status).toBe("rolled-back");
  });

  test("at a rollback that never answer do not keep it from ending", () => {
    const hooks = [{ at: "roll-back", url, withinMinutes: 3 }];
    const hook = () => ({ answer: "wait" as const, reason: "it did not answer" });
    const story = carried(started(steps, { hooks }), { hook }).until(1).command(command("abort")).until(9);
    expect(summary(story.rollout)?.status).toBe("rolled-back");
  });

  test("count an answer once, and only the one that is awaited", () => {
    const { hook } = answering({ answer: "wait", reason: "" });
    const story = carried(started(steps, { hooks: [{ at: "start", url }] }), { hook }).until(0);
    const before = story.events.length;
    story.see({ hook: { attempt: 1, answer: "go", reason: "late" } });
    story.see({ hook: { attempt: 7, answer: "stop", reason: "of another" } });
    expect(story.events).toHaveLength(before);
  });
});

describe("an approval", () => {
  const wanted = (approval: unknown) => started([{ ...steps[0], approval }]);

  test("is awaited after the bake, with a time limit, and given by a command", () => {
    const story = carried(wanted({ withinMinutes: 30 })).until(5);
    expect(story.of("approval-awaited")).toMatchObject([
      { step: 0, until: after(33), otherwise: "roll-back" },
    ]);
    expect(summary(story.rollout)).toMatchObject({ status: "approving", until: after(33) });
    story.command(command("approve"));
    expect(story.of("approval-given")).toMatchObject([{ by: "ana" }]);
    expect(summary(story.rollout)?.status).toBe("promoted");
  });

  test("is not taken before it is awaited", () => {
    const story = carried(wanted(true)).until(1).command(command("approve"));
    expect(story.of("command-declined")).toMatchObject([{ reason: "the rollout awaits no approval now" }]);
  });

  test.for([
    ["roll-back", "rolled-back"],
    ["go-on", "promoted"],
  ] as const)("that nobody gives ends as asked: %s", ([otherwise, status]) => {
    const story = carried(wanted({ withinMinutes: 5, otherwise })).until(60);
    expect(summary(story.rollout)?.status).toBe(status);
    expect(JSON.stringify(story.events)).toContain("nobody approved step 1 within 5 minutes");
  });

  test("has its time again after a pause", () => {
    const story = carried(wanted({ withinMinutes: 5 })).until(4);
    story.command(command("pause")).until(100).command(command("resume")).until(103);
    expect(summary(story.rollout)?.status).toBe("approving");
    expect(admitted(story.until(110).rollout).phase.type).toBe("settled");
  });
});
