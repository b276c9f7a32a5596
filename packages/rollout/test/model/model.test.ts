import { describe, expect, test } from "vitest";
import { Weight } from "../../src/index.ts";
import { started } from "../builders.ts";
import { TOTAL } from "./abstraction.ts";
import { explore } from "./explore.ts";
import { wrongIn, wrongWithHistory } from "./invariants.ts";
import { begin, moves } from "./world.ts";

const url = "http://checks.example/go";
const match = { header: { name: "x-canary", exact: "yes" } };
const limits = {
  alarms: ["checkout"],
  unreadable: { minutes: 2, otherwise: "hold" },
  deadlines: { pausedMinutes: 3, waitingMinutes: 4, totalMinutes: TOTAL },
};
const canary = [
  { weight: 10, bakeMinutes: 1 },
  { weight: 50, approval: { withinMinutes: 2 } },
];
const hook = { url, withinMinutes: 2 };

const every = (steps: readonly object[], more: object = {}, world: Parameters<typeof begin>[1] = {}) =>
  begin(started(steps, { ...limits, ...more }), world);

type Row = readonly [string, ReturnType<typeof every>, string];

describe("whatever happens to a rollout, in whatever order", () => {
  const whole: readonly Row[] = [
    ["of two steps", every(canary), "promoted rolled-back stopped"],
    [
      "that shifts for a while",
      every([], { strategy: { type: "shift", to: 40, backAfterMinutes: 2 } }),
      "promoted rolled-back shifted-back stopped",
    ],
    [
      "that shifts for good",
      every([], { strategy: { type: "shift", to: 40, bakeMinutes: 1 } }),
      "promoted rolled-back shifted stopped",
    ],
    [
      "with hooks everywhere",
      every([{ weight: 10 }], {
        hooks: (["start", "step", "end", "roll-back"] as const).map((at) => ({ at, ...hook })),
      }),
      "promoted rolled-back stopped",
    ],
    [
      "that undoes another",
      begin({ ...started([], { ...limits, strategy: { type: "shift", to: 100 } }), undoes: "r0" }),
      "promoted rolled-back stopped",
    ],
  ];

  test.for(whole)("%s: it keeps its promises in every state there is", { timeout: 60_000 }, (row) => {
    const [, first, endings] = row;
    const explored = explore(first);
    expect(explored.wrong).toEqual([]);
    expect(explored.whole).toBe(true);
    expect([...explored.endings].sort().join(" ")).toBe(endings);
  });

  const { deadlines } = limits;
  const promoting = {
    deadlines: { ...deadlines, otherwise: "promote" },
    unreadable: { minutes: 2, otherwise: "promote" },
  };
  const chosen = {
    ...{ type: "header", match, bakeMinutes: 1, steps: [{ weight: 20 }] },
    approval: { withinMinutes: 2, otherwise: "go-on" },
  };
  const blueGreen = { type: "blue-green", match, testMinutes: 1, certificate: true, watchMinutes: 1 };
  const adaptive = { type: "adaptive", caps: [1], holdBack: { minutes: 2 } };
  const byMoves: readonly (readonly [string, ReturnType<typeof every>])[] = [
    ["that is yet to be planned", every(canary, {}, { planned: false })],
    ["that may be frozen", begin(started(canary, limits), { freezes: true })],
    ["that is promoted where nobody says otherwise, or frozen", every(canary, promoting, { freezes: true })],
    ["that is to adopt drift", every(canary, { onDrift: "adopt" })],
    ["that is to restore its weights", every(canary, { onDrift: "restore" })],
    ["that is blue-green", every([], { strategy: blueGreen })],
    ["for chosen callers", every([], { strategy: chosen })],
    ["that is adaptive", every([], { strategy: adaptive }, { freezes: true })],
  ];

  test.for(byMoves)("%s: it keeps its promises for eight moves", { timeout: 60_000 }, ([, first]) => {
    const { wrong, states } = explore(first, 8);
    expect(wrong).toEqual([]);
    expect(states).toBeGreaterThan(100);
  });
});

describe("the model notices", () => {
  const world = every(canary);
  const ended = moves["the workflow fails"]?.(world);

  test("a settled rollout that changes, a second ending, and one that contradicts its history", () => {
    let settled = ended ?? world;
    for (const name of ["the weights are restored", "it is settled"])
      settled = moves[name]?.(settled) ?? settled;
    const outcome = settled.history.at(-1);
    if (outcome?.type !== "rollout-rolled-back") throw new Error(`it ended with ${outcome?.type}`);
    const twice = [...settled.history, { ...outcome, type: "rollout-promoted" as const }];
    expect(wrongIn(settled, { ...settled, rollout: world.rollout, history: twice })).toEqual(
      expect.arrayContaining(["a settled rollout has changed", "it ended 2 times"]),
    );
    expect(wrongWithHistory({ ...settled, history: world.history })).toEqual([
      "its history does not replay to it",
    ]);
  });

  test("growth while frozen, and a wait that has nothing to wait for", () => {
    const frozen = moves.freeze?.(begin(started(canary, limits), { freezes: true }));
    if (frozen?.rollout.status !== "admitted") throw new Error("it was never admitted");
    const { at } = frozen;
    const grown = {
      type: "shift-decided",
      at,
      to: Weight.parse(90),
      match: null,
      step: 1,
      reason: "",
    } as const;
    expect(wrongIn(frozen, { ...frozen, history: [...frozen.history, grown] })).toContain(
      "it grows while frozen",
    );
    const lost = { ...frozen.rollout, phase: { type: "passed", step: 0, since: at } as const };
    expect(wrongIn(frozen, { ...frozen, rollout: lost })).toContain("it waits and does not say for what");
  });
});
