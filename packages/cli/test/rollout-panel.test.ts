import { stripVTControlCharacters } from "node:util";
import { type RolloutEvent, RolloutRequest, replay } from "@espalier/rollout";
import { describe, expect, test } from "vitest";
import { eventLine } from "../src/view/event-line.ts";
import { outcomeTable } from "../src/view/outcome-table.ts";
import { type Frame, rolloutPanel } from "../src/view/rollout-panel.ts";
import { statusLine } from "../src/view/status-line.ts";
import { noTraffic, noteTraffic } from "../src/view/traffic.ts";
import { wrap } from "../src/view/wrap.ts";
import { exitCodeOf } from "../src/watch-rollout.ts";
import { canary, lived } from "./lived.ts";

const promoted = lived();
const rolledBack = lived(20);

/** The panel after these events, without colours. */
const panel = (events: readonly RolloutEvent[], frame: Frame = {}) =>
  rolloutPanel(replay(events), { traffic: noteTraffic(noTraffic, events), ...frame }).map(
    stripVTControlCharacters,
  );

/** The history up to the n-th event of a type. */
function upTo(events: readonly RolloutEvent[], type: RolloutEvent["type"], nth = 1): RolloutEvent[] {
  const places = events.flatMap((event, k) => (event.type === type ? [k] : []));
  return events.slice(0, (places[nth - 1] ?? -1) + 1);
}

describe("the panel of a rollout", () => {
  test("shows what was done, what is being done and what comes next", () => {
    const [heading, steps] = panel(upTo(promoted, "weights-shifted", 2), { workflow: "Wait" });
    expect(heading).toBe("inventory  inventory-v1 → inventory-v2  baking, step 2 of 2  workflow: Wait");
    expect(steps).toBe("  ✔ 10%  ▶ 50%  · promote");
  });

  test("shows of both versions the weight asked for, the share seen, requests, and who fails or is slow of late", () => {
    const lines = panel(upTo(rolledBack, "minutes-closed", 2), { columns: 80 });
    expect(lines.slice(2, 5)).toEqual([
      expect.stringMatching(/^ +asked +seen +requests failed +over 42 ms$/),
      expect.stringMatching(/^ {2}inventory-v1 +90% +90% +1,[\d,]+ +0% +▁+ +10\.0% +█+$/),
      expect.stringMatching(/^ {2}inventory-v2 +10% +10% +\d+ +5\.0% +█+ +10\.0% +█+$/),
    ]);
  });

  test("shows the numbers of one that was rolled back, its weights as they are now, and leaves why to its history", () => {
    const lines = panel(rolledBack, { columns: 120 });
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/ rolled-back/);
    expect(lines[2]).toMatch(/ 100% +\S+ +[\d,]+ /);
    expect(lines[3]).toMatch(/ 0% +\S+ +[\d,]+ /);
    expect(lines[4]).toMatch(/evidence +█{20} [\d,]+ : 1 against "no worse"; 100 : 1 rolls back/);
  });

  test.for([80, 120, 200])("has everything within %i columns", (columns) => {
    const long = RolloutRequest.parse({ ...canary, candidate: "a-service-with-a-name-as-long-as-names-get" });
    const events = lived(20, long);
    for (let length = 2; length <= events.length; length += 1) {
      const lines = panel(events.slice(0, length), { columns });
      for (const line of lines.slice(1)) expect(line.length, line).toBeLessThan(columns);
    }
  });

  test("tells what it waits for, and until when as a time of day", () => {
    const lines = panel(upTo(promoted, "weights-shifted"));
    expect(lines.slice(6).join("\n")).toMatch(/^ {2}bakes until 12:03/);
  });

  test("keeps to the steps that fit around the present one", () => {
    const steps = Array.from({ length: 40 }, (_, k) => ({ weight: 2 * k + 2, bakeMinutes: 1 }));
    const many = lived(undefined, RolloutRequest.parse({ ...canary, strategy: { type: "canary", steps } }));
    const [, line = ""] = panel(upTo(many, "weights-shifted", 20), { columns: 60 });
    expect(line).toMatch(/^ {2}… .*✔ 38% {2}▶ 40% {2}· 42% .* …$/);
    expect(line.length).toBeLessThan(60);
  });

  test("waits for a rollout that nobody has heard of yet", () => {
    expect(rolloutPanel(replay([]))).toEqual(["waiting to be admitted"]);
  });
});

describe("without a terminal", () => {
  test("each look is a line", () => {
    const events = upTo(promoted, "minutes-closed", 2);
    const line = statusLine(replay(events), noteTraffic(noTraffic, events), events.slice(-1));
    expect(line).toMatch(
      /^12:03 {2}baking at 10% \(seen 10%\); inventory-v2 failed 0% of \d+, inventory-v1 failed 0% of [\d,]+; evidence .+ of 100 : 1; bakes until 12:03/,
    );
  });

  test("nothing is said between looks", () =>
    expect(statusLine(replay(promoted), noTraffic, promoted.slice(0, 1))).toBeUndefined());
});

describe("the outcome of a rollout", () => {
  test("has the numbers of everything that was compared, and what people should know", () => {
    const phase = replay(rolledBack);
    if (phase.status !== "admitted" || phase.phase.type !== "settled") throw new Error("it has not ended");
    const { outcome } = phase.phase;
    const lines = outcomeTable({ ...outcome, warnings: ["the old group has no healthy target"] });
    expect(lines.map(stripVTControlCharacters)).toEqual([
      expect.stringMatching(/^ {2}metric +candidate +stable +times as many \(95%\) +evidence$/),
      expect.stringMatching(/^ {2}errors +5\.0% of \d+ +0% of [\d,]+ +at least [\d.]+ +.+ : 1$/),
      expect.stringMatching(/^ {2}slowAtP90 +10\.0% of \d+ +10\.0% of [\d,]+ +\S+ \(\S+–\S*\) +.+ : 1$/),
      "  ! the old group has no healthy target",
    ]);
  });
});

test("a long text is broken between words", () => {
  expect(wrap("one two three four", 9)).toEqual(["  one two", "  three", "  four"]);
  expect(wrap("incomprehensible", 5)).toEqual(["  incomprehensible"]);
});

describe("a history in words", () => {
  test("tells every decision with its reason and leaves out looks without news", () => {
    const lines = rolledBack.flatMap((event) => eventLine(event) ?? []);
    expect(lines[0]).toMatch(/^started: /);
    expect(lines.at(-1)).toMatch(/^settled: rolled back after \d+ min/);
    expect(lines.some((line) => line.startsWith("rolled back at 10%: "))).toBe(true);
    expect(lines.length).toBeLessThan(rolledBack.length);
  });
});

test.for([
  ["promoted", promoted, 0],
  ["rolled back", rolledBack, 3],
] as const)("the exit code of a rollout that was %s is as help says", ([, events, code]) =>
  expect(exitCodeOf(replay(events))).toBe(code),
);
