import { describe, expect, test } from "vitest";
import type { ManualClock } from "../../src/clock/manual-clock.ts";
import { restartingStates } from "./restarting-states.ts";
import { ask, functionArn, machine, type StatesRig, work } from "./states-rig.ts";

describe("a workflow that is cut off in any turn", () => {
  const failing = {
    ErrorEquals: ["States.ALL"],
    Next: "Caught",
    Assign: { caught: "{% $states.errorOutput.Error %}" },
  };
  const definition = machine({
    Begin: { Type: "Pass", Assign: { n: 1 }, Next: "Each" },
    Each: {
      Type: "Map",
      Items: [1, 2, 3],
      MaxConcurrency: 2,
      ItemProcessor: {
        StartAt: "Double",
        States: {
          Double: work({ End: undefined, Next: "Odd" }),
          Odd: {
            Type: "Choice",
            Choices: [{ Condition: "{% $states.input = 4 %}", Next: "Bump" }],
            Default: "Done",
          },
          Bump: { Type: "Pass", Output: "{% $states.input + 100 %}", End: true },
          Done: { Type: "Succeed" },
        },
      },
      Next: "Broken",
    },
    Broken: {
      Type: "Task",
      Resource: functionArn("broken"),
      Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 1, IntervalSeconds: 1 }],
      Catch: [failing],
      End: true,
    },
    Caught: { Type: "Wait", Seconds: 1, Next: "Both" },
    Both: {
      Type: "Parallel",
      Branches: [
        { StartAt: "Ask", States: { Ask: ask() } },
        { StartAt: "Work", States: { Work: work({ Arguments: 21 }) } },
      ],
      Output: { both: "{% $states.result %}", n: "{% $n %}", caught: "{% $caught %}" },
      End: true,
    },
  });

  /** Doubles numbers, answers each token at once, and is broken where it should be. */
  const prepare = (rig: StatesRig<ManualClock>) => {
    rig.functions.work = (event) => Number(event) * 2;
    rig.functions.ask = (event) => {
      const { token } = event as { token: string };
      setImmediate(
        () => void rig.call("SendTaskSuccess", { taskToken: token, output: '"yes"' }).catch(() => {}),
      );
      return null;
    };
  };

  test("comes to the same end, and its history has no gap", async () => {
    let cut = 0;
    for (let over = false; !over; cut += 1) {
      const states = await restartingStates();
      prepare(states.rig());
      const arn = await states.rig().start(definition);
      const moved = states.rig().clock.advance(cut > 60 ? 5000 : 0);
      for (let turn = 0; turn < cut; turn += 1) await new Promise(setImmediate);
      over = (await states.rig().call("DescribeExecution", { executionArn: arn })).status !== "RUNNING";
      await states.restart(prepare);
      void moved;
      await states.rig().clock.advance(10_000);
      const { status, output = "" } = await states.rig().call("DescribeExecution", { executionArn: arn });
      expect([cut, status, JSON.parse(output)]).toEqual([
        cut,
        "SUCCEEDED",
        { both: ["yes", 42], n: 1, caught: "Lambda.ResourceNotFoundException" },
      ]);
      const history = await states.rig().history(arn);
      expect(history.map(({ id }) => id)).toEqual(history.map((_, index) => index + 1));
    }
    expect(cut).toBeGreaterThan(60);
  });
});
