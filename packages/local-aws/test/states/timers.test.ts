import { describe, expect, test } from "vitest";
import type { Clock } from "../../src/clock/clock.ts";
import { manualClock } from "../../src/clock/manual-clock.ts";
import { ask, FunctionError, machine, statesRig, tokens, work } from "./states-rig.ts";

/** A manual clock that knows how many of its timers are still to come. */
function countingClock() {
  const clock = manualClock();
  const pending = new Set<object>();
  const after: Clock["after"] = (ms, action) => {
    const timer = clock.after(ms, () => {
      pending.delete(timer);
      action();
    });
    pending.add(timer);
    return {
      cancel() {
        pending.delete(timer);
        timer.cancel();
      },
    };
  };
  return { ...clock, after, pending };
}

const limits = { TimeoutSeconds: 600, HeartbeatSeconds: 60 };
const nap = { Type: "Wait", Seconds: 3600, End: true };

describe("an execution leaves no timer behind", () => {
  test("when it succeeds before its own limit", async () => {
    const rig = statesRig(countingClock());
    await rig.ended(await rig.start(machine({ Done: { Type: "Succeed" } }, { TimeoutSeconds: 600 })));
    expect(rig.clock.pending.size).toBe(0);
  });

  test("when it is stopped while it waits for time", async () => {
    const rig = statesRig(countingClock());
    const executionArn = await rig.start(machine({ Nap: nap }, { TimeoutSeconds: 7200 }));
    await rig.clock.advance(0);
    expect(rig.clock.pending.size).toBe(2);
    await rig.call("StopExecution", { executionArn });
    expect(rig.clock.pending.size).toBe(0);
  });

  test.for([
    ["is called back", "SendTaskSuccess", { output: "1" }],
    ["is told to fail", "SendTaskFailure", { error: "Own" }],
  ] as const)("when a task with limits %s", async ([, operation, input]) => {
    const rig = statesRig(countingClock());
    const token = tokens(rig);
    const arn = await rig.start(machine({ Ask: ask(limits) }));
    const taskToken = await token.next();
    await rig.clock.advance(0);
    expect(rig.clock.pending.size).toBe(2);
    await rig.call("SendTaskHeartbeat", { taskToken });
    await rig.call(operation, { taskToken, ...input });
    await rig.ended(arn);
    expect(rig.clock.pending.size).toBe(0);
  });

  test("when a branch fails beside others that wait", async () => {
    const rig = statesRig(countingClock());
    const token = tokens(rig);
    rig.functions.work = async () => {
      await token.next();
      throw new FunctionError("Own");
    };
    const Branches = [
      { StartAt: "Nap", States: { Nap: nap } },
      { StartAt: "Ask", States: { Ask: ask(limits) } },
      { StartAt: "Work", States: { Work: work({ TimeoutSeconds: 60 }) } },
    ];
    await rig.ended(await rig.start(machine({ All: { Type: "Parallel", Branches, End: true } })));
    expect(rig.clock.pending.size).toBe(0);
  });
});
