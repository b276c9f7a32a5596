import { describe, expect, test } from "vitest";
import { chooseGroup } from "../src/choose-group.ts";
import type { MadeGroup } from "../src/index.ts";

const group = (id: string, change: Partial<MadeGroup> = {}): MadeGroup => ({
  ...{ id, arn: `arn:${id}`, name: id, type: "IP", status: "ACTIVE" },
  ...{ service: "arn:service", rollout: "before", contents: `holds ${id}`, settings: "like stable" },
  ...change,
});

const choose = (made: readonly MadeGroup[], { busy = [] as string[], used = [] as string[] } = {}) =>
  chooseGroup({
    wanted: { contents: "holds v2", settings: "like stable" },
    made,
    busy: new Set(busy),
    used: new Set(used),
  });

describe("a candidate gets", () => {
  test("the group that was ordered for it already, though it is busy with just that", () => {
    const ours = group("ours", { contents: "holds v2" });
    expect(choose([group("other"), ours], { busy: ["ours"] })).toEqual({ type: "use", group: ours });
  });

  test("an idle group of the service, one that is in its rules before one that is not", () => {
    const [one, two] = [group("one"), group("two")];
    expect(choose([one, two])).toEqual({ type: "refit", group: one });
    expect(choose([one, two], { used: ["two"] })).toEqual({ type: "refit", group: two });
  });

  test.for<[string, MadeGroup, string[]]>([
    ["is busy", group("one"), ["one"]],
    ["is set otherwise", group("one", { settings: "like nothing" }), []],
    ["is being deleted", group("one", { status: "DELETE_IN_PROGRESS" }), []],
  ])("a new group where the only other one %s", ([, other, busy]) => {
    expect(choose([other], { busy })).toEqual({ type: "make" });
  });

  test("none where the service has as many as Lattice lets it, and the reason says what would do", () => {
    const used = Array.from({ length: 10 }, (_, k) => `g${k}`);
    expect(choose([], { used })).toMatchObject({
      type: "none-left",
      problem: expect.stringContaining("forwards to 10 target groups"),
    });
    expect(choose([group("g3")], { used })).toMatchObject({ type: "refit" });
  });
});
