import { expect, test } from "vitest";
import { nextLook, nextStep, replay, takeTurn, waitingFor } from "../../src/index.ts";
import { admitted, after, afterEvents, history, started } from "../builders.ts";

test("a freeze that comes before a decided weight is written holds it, says so, and lets it go on", () => {
  const first = replay([started([{ weight: 10, bakeMinutes: 2 }])]);
  const decided = afterEvents(first, takeTurn(first, [], { readings: history() }, after(0)));
  const next = nextStep(decided, after(0));
  if (next.type !== "shift") throw new Error(`the next step is ${next.type}`);
  const shift = { type: "held", order: next.order } as const;
  const frozen = { by: "ana", since: after(0) };

  const held = afterEvents(decided, takeTurn(decided, [], { looked: false, shift, frozen }, after(0)));
  expect(nextStep(held, after(0))).toMatchObject({ type: "wait" });
  expect(waitingFor(held)?.for).toMatch(/^waits to shift: all rollouts are frozen by ana; until /);
  expect(admitted(held).written).toBeNull();

  const thawed = afterEvents(held, takeTurn(held, [], { frozen: null }, after(5)));
  expect(nextStep(thawed, after(5))).toEqual(next);
});

test("metrics that cannot be read at the very start are read again with the next minute", () => {
  const first = replay([started()]);
  const blind = afterEvents(first, takeTurn(first, [], { unreadable: "AccessDenied" }, after(1)));
  expect(nextStep(blind, after(1))).toEqual({ type: "wait", until: nextLook(after(1)) });
});
