import { describe, expect, test } from "vitest";
import { endedExecutions } from "../../src/states/ended-executions.ts";
import type { Execution } from "../../src/states/engine/execution.ts";
import { createHistory } from "../../src/states/engine/history.ts";
import { machine, statesRig } from "./states-rig.ts";

describe("ended executions", () => {
  test.for([
    ["as many as there may be", { executions: 2, size: 1e9 }, ["a", "b"]],
    ["as much as they may hold", { executions: 100, size: 2500 }, ["a", "b"]],
  ] as const)("are remembered %s, the oldest going first", ([, limits, forgotten]) => {
    const told: string[] = [];
    const ended = endedExecutions(({ name }) => void told.push(name), limits);
    for (const name of ["a", "b", "c", "d"]) {
      const history = createHistory(
        () => 0,
        () => {},
      );
      history.record(
        { type: "ExecutionStarted", executionStartedEventDetails: { input: "x".repeat(500) } },
        0,
      );
      ended.add({ name, history, input: "{}", ending: undefined } as Execution);
    }
    expect(told).toEqual(forgotten);
  });

  test("let go of what they held in memory, and the rest go on", async () => {
    const rig = statesRig();
    const input = "x".repeat(200_000);
    const stateMachineArn = await rig.create(machine({ End: { Type: "Succeed" } }));
    const waiting = await rig.start(machine({ Wait: { Type: "Wait", Seconds: 60, End: true } }));
    const arns: string[] = [];
    for (let count = 0; count < 100; count += 1) {
      const { executionArn } = await rig.call("StartExecution", {
        stateMachineArn,
        input: JSON.stringify(input),
      });
      await rig.ended(executionArn);
      arns.push(executionArn);
    }
    const describe = (executionArn = "") => rig.call("DescribeExecution", { executionArn });
    await expect(describe(arns[0])).rejects.toMatchObject({ code: "ExecutionDoesNotExist" });
    expect(await describe(arns.at(-1))).toMatchObject({ status: "SUCCEEDED" });
    const listed = await rig.call("ListExecutions", { stateMachineArn, maxResults: 1000 });
    expect(listed.executions.length).toBeLessThan(100);
    expect(listed.executions[0].executionArn).toBe(arns.at(-1));
    expect(await describe(waiting)).toMatchObject({ status: "RUNNING" });
  });
});
