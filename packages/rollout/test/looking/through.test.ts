import { expect, test } from "vitest";
import { look } from "../../src/index.ts";
import { admitted, after, reading, started } from "../builders.ts";
import { carried } from "../workflow.ts";

test("minutes that a look had no room for stay open, and are missing in none", () => {
  const { rollout } = carried(started([{ weight: 10, bakeMinutes: 300 }])).until(5);
  const closed = admitted(rollout).watch.closedThrough;
  const readings = [1, 2].map((k) => reading(closed + k, [100, 0, 900, 0]));
  const late = after(120);
  const { minute: through = 0 } = readings.at(-1) ?? {};
  const minutesIn = (seen: object) =>
    look(rollout, { readings, ...seen }, late).flatMap((event) =>
      event.type === "minutes-closed" ? event.minutes : [],
    );
  expect(minutesIn({ through })).toMatchObject(readings.map(({ minute }) => ({ type: "counted", minute })));
  expect(minutesIn({}).filter(({ type }) => type === "missing").length).toBeGreaterThan(100);
});
