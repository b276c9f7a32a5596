import { readFileSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { RolloutEvent, replay } from "@espalier/rollout";
import { describe, expect, test } from "vitest";
import { eventLine } from "../src/view/event-line.ts";
import { rolloutPanel } from "../src/view/rollout-panel.ts";
import { wrap } from "../src/view/wrap.ts";
import { exitCodeOf } from "../src/watch-rollout.ts";

/** A history that was recorded when a rollout really ran. */
function history(name: string): RolloutEvent[] {
  const file = path.resolve(import.meta.dirname, "../../rollout/test/histories", `${name}.json`);
  return RolloutEvent.array().parse(JSON.parse(readFileSync(file, "utf8")));
}
const plain = (lines: readonly string[]) => lines.map(stripVTControlCharacters);
const upTo = (events: readonly RolloutEvent[], type: string) =>
  events.slice(0, events.findIndex((event) => event.type === type) + 1);

const rolledBack = history("0.1-rolled-back-at-10");

describe("the panel of a rollout", () => {
  test("shows the weights of a rollout that bakes, and what its workflow does", () => {
    const [heading, stable, candidate] = plain(
      rolloutPanel(replay(upTo(rolledBack, "weights-shifted")), { workflow: "Wait" }),
    );
    expect(heading).toMatch(/baking, step 1 of \d {2}workflow: Wait$/);
    expect(stable).toMatch(/ 90% /);
    expect(candidate).toMatch(/ 10% /);
  });

  test("shows the numbers of one that was rolled back, its weights as they are now, and leaves why to its history", () => {
    const lines = plain(rolloutPanel(replay(rolledBack), { columns: 120 }));
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/ rolled-back/);
    expect(lines[1]).toMatch(/ 100% +[\d,]+ requests/);
    expect(lines[2]).toMatch(/ 0% +[\d,]+ requests/);
    expect(lines[3]).toMatch(/evidence +█{20} [\d,]+ : 1 against "no worse"; 100 : 1 rolls back/);
  });

  test.for([80, 120])("has rate and threshold within %i columns", (columns) => {
    const renamed = rolledBack.map((event) =>
      event.type === "rollout-started"
        ? { ...event, candidate: { ...event.candidate, name: "a-service-with-a-name-as-long-as-names-get" } }
        : event,
    );
    for (let events = 2; events <= renamed.length; events += 1) {
      const lines = plain(rolloutPanel(replay(renamed.slice(0, events)), { columns }));
      expect(lines[2]).toMatch(/(%|–)$/);
      expect(lines[3]).toMatch(/: 1 rolls back$/);
      for (const line of lines.slice(1)) expect(line.length).toBeLessThan(columns);
    }
  });

  test("does not repeat a decision that its history has just told", () => {
    const deciding = upTo(rolledBack, "roll-back-decided");
    expect(plain(rolloutPanel(replay(deciding)))).toHaveLength(4);
  });

  test("tells until when it bakes as a time of day", () => {
    const lines = plain(rolloutPanel(replay(upTo(rolledBack, "weights-shifted")), { columns: 80 }));
    expect(lines.slice(4).join("\n")).toMatch(/^ {2}bakes until \d\d:\d\d, and until the metrics /);
  });

  test("waits for a rollout that nobody has heard of yet", () => {
    expect(rolloutPanel(replay([]))).toEqual(["waiting to be admitted"]);
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
  ["0.1-rolled-back-at-10", 3],
  ["0.1-paused-then-promoted", 0],
  ["0.1-aborted-at-20", 3],
] as const)("the exit code of %s is %i", ([name, code]) =>
  expect(exitCodeOf(replay(history(name)))).toBe(code),
);
