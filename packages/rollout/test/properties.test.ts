import type { Reading } from "@espalier/evidence";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decide,
  evolve,
  giveUp,
  look,
  nextStep,
  type Rollout,
  RolloutEvent,
  replay,
  settle,
  summary,
  Weight,
} from "../src/index.ts";
import { admitted, after, command, firstMinute, heard, reading, started } from "./builders.ts";

type Move = (rollout: Rollout, at: string, minute: number) => readonly RolloutEvent[];

const count = fc.integer({ min: 0, max: 500 });
const moves: fc.Arbitrary<Move> = fc.oneof(
  fc.constantFrom("pause", "resume", "promote", "abort").map(
    (type): Move =>
      (rollout, at) =>
        decide(rollout, command(type as "pause", `c-${at}`, at), at),
  ),
  fc.tuple(count, count, count, count).map(
    ([requests, bad, stable, stableBad]): Move =>
      (rollout, at, minute) =>
        look(
          rollout,
          {
            readings: Array.from({ length: minute }, (_, k) =>
              reading(firstMinute + k, [
                requests,
                Math.min(bad, requests),
                stable,
                Math.min(stableBad, stable),
              ]),
            ),
          },
          at,
        ),
  ),
  // What the workflow does: it shifts only when it was told to.
  fc.constantFrom("shifted", "drifted").map(
    (how): Move =>
      (rollout, at) => {
        const next = nextStep(rollout, at);
        if (next.type !== "shift") return [];
        const outcome =
          how === "shifted"
            ? ({ type: "shifted", weight: next.weight } as const)
            : ({ type: "drifted", found: "rule-1 has 7/93" } as const);
        return heard(rollout, outcome, at);
      },
  ),
  fc.constant<Move>((rollout, at) => giveUp(rollout, "a state failed", at)),
  fc.constant<Move>((rollout, at) =>
    nextStep(rollout, at).type === "settle" ? settle(rollout, [], at) : [],
  ),
);

/** Plays moves, one a minute, and gives each state to `check`. */
function play(list: readonly Move[], check: (after: Rollout, before: Rollout) => void) {
  const history: RolloutEvent[] = [started()];
  let rollout = replay(history);
  for (const [k, move] of list.entries()) {
    const events = move(rollout, after(k + 1), k + 1);
    const before = rollout;
    history.push(...events);
    rollout = events.reduce(evolve, rollout);
    check(rollout, before);
  }
  return { history, rollout };
}

describe("whatever happens to a rollout", () => {
  const any = fc.array(moves, { maxLength: 40 });

  test("its history, stored and read again, replays to the live state", () => {
    fc.assert(
      fc.property(any, (list) => {
        const { history, rollout } = play(list, () => {});
        const stored = history.map((event) => RolloutEvent.parse(JSON.parse(JSON.stringify(event))));
        expect(replay(stored)).toEqual(rollout);
      }),
    );
  });

  test("it never moves again once it is settled", () => {
    fc.assert(
      fc.property(any, (list) => {
        play(list, (rollout, before) => {
          if (before.status === "admitted" && before.phase.type === "settled") expect(rollout).toBe(before);
        });
      }),
    );
  });

  test("it is promoted only at 100%, and never after it was decided to roll back", () => {
    fc.assert(
      fc.property(any, (list) => {
        const { history } = play(list, () => {});
        const types = history.map(({ type }) => type);
        const promoted = history.find((event) => event.type === "rollout-promoted");
        if (promoted?.type !== "rollout-promoted") return;
        expect(promoted.weight).toBe(100);
        expect(types).not.toContain("roll-back-decided");
      }),
    );
  });

  test("it always has something to do next, and can be summed up", () => {
    fc.assert(
      fc.property(any, (list) => {
        play(list, (rollout) => {
          expect(["shift", "wait", "roll-back", "settle"]).toContain(nextStep(rollout, after(99)).type);
          expect(summary(rollout)).toMatchObject({ id: "r1", candidate: "inventory-v3" });
        });
      }),
    );
  });

  test("giving it up leads to an end, whichever phase it is in", () => {
    fc.assert(
      fc.property(any, (list) => {
        let { rollout } = play(list, () => {});
        for (const event of giveUp(rollout, "a state failed", after(60))) rollout = evolve(rollout, event);
        rollout = evolve(rollout, { type: "weights-restored", at: after(60), warnings: [] });
        expect(nextStep(rollout, after(60)).type).toBe("settle");
        for (const event of settle(rollout, [], after(60))) rollout = evolve(rollout, event);
        expect(admitted(rollout).phase.type).toBe("settled");
      }),
    );
  });
});

/** Drives a canary over readings that may have gaps, a look a minute; gives each step passed with the minutes counted in it. */
function bakedWith(readings: readonly Reading[], bakeMinutes: readonly number[]) {
  let rollout = replay([started(bakeMinutes.map((minutes, k) => ({ weight: k + 1, bakeMinutes: minutes })))]);
  const passed: { bakeMinutes: number | undefined; counted: number }[] = [];
  let shifted = 0;
  for (let minute = 0; minute < 90; minute += 1) {
    for (const event of look(rollout, { readings }, after(minute))) {
      rollout = evolve(rollout, event);
      if (event.type !== "step-passed") continue;
      const { closedThrough } = admitted(rollout).watch;
      const counted = readings.filter((one) => one.minute >= shifted && one.minute <= closedThrough).length;
      passed.push({ bakeMinutes: bakeMinutes[event.step], counted });
    }
    const next = nextStep(rollout, after(minute));
    if (next.type === "roll-back" || (next.type === "shift" && next.weight === 100)) {
      return { passed, end: next.type };
    }
    if (next.type !== "shift") continue;
    rollout = evolve(rollout, { type: "weights-shifted", at: after(minute), weight: next.weight });
    shifted = firstMinute + minute;
  }
  return { passed, end: "none" };
}

describe("a canary of which any minutes may be missing", () => {
  const minutes = fc.array(fc.boolean(), { minLength: 60, maxLength: 60 });
  const bakes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 });
  const clean = (there: readonly boolean[]) =>
    there.flatMap((counted, k) => (counted ? [reading(firstMinute + k, [2, 0, 88, 0])] : []));

  test("passes no step on fewer counted minutes than it bakes, and always comes to an end", () => {
    fc.assert(
      fc.property(minutes, bakes, (there, bakeMinutes) => {
        const { passed, end } = bakedWith(clean(there), bakeMinutes);
        for (const { counted, bakeMinutes: bake } of passed)
          expect(counted).toBeGreaterThanOrEqual(bake ?? 99);
        expect(["shift", "roll-back"]).toContain(end);
        if (end === "shift") expect(passed).toHaveLength(bakeMinutes.length);
      }),
    );
  });
});

describe("a command", () => {
  test.for(["pause", "resume", "promote", "abort"] as const)(
    "to %s is always answered, also when it does not fit",
    (type) => {
      fc.assert(
        fc.property(fc.array(moves, { maxLength: 25 }), (list) => {
          const { rollout } = play(list, () => {});
          expect(decide(rollout, command(type), after(60)).length).toBeGreaterThan(0);
        }),
      );
    },
  );

  test.for([
    ["pause", "paused"],
    ["promote", "promoting"],
    ["abort", "rolling-back"],
  ] as const)("to %s takes effect at once while baking", ([type, status]) => {
    let rollout = replay([started()]);
    for (const event of look(rollout, {}, after(0))) rollout = evolve(rollout, event);
    rollout = evolve(rollout, { type: "weights-shifted", at: after(0), weight: Weight.parse(10) });
    for (const event of decide(rollout, command(type), after(1))) rollout = evolve(rollout, event);
    expect(summary(rollout)?.status).toBe(status);
  });
});
