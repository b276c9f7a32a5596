import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { RolloutEvent, replay, summary } from "../src/index.ts";

const folder = new URL("./histories/", import.meta.url);

/** Histories as releases wrote them on the embedded AWS. Once released, one must replay for ever: never edit them. */
function history(file: string): unknown[] {
  return JSON.parse(readFileSync(new URL(file, folder), "utf8"));
}

const expected = {
  "0.1-paused-then-promoted.json": {
    status: "promoted",
    weight: 100,
    minutes: 8.7,
    counts: { candidate: { requests: 96, bad: 0 }, stable: { requests: 384, bad: 0 } },
    reason:
      'promoted at 50%: inventory-v2 failed 0.0% of 96 requests, inventory-v1 0.0% of 384; evidence 0.7 : 1 against "no worse", 100 : 1 needed (9 min)',
  },
  "0.1-rolled-back-at-10.json": {
    status: "rolled-back",
    weight: 10,
    evidence: expect.closeTo(413.162, 2),
    reason:
      'rolled back at 10%: payment-v2 failed 25.0% of 40 requests, payment-v1 0.0% of 360, at least 6.3 times as many, since 12:12 UTC; evidence 413 : 1 against "no worse", 100 : 1 needed (3 min)',
  },
  "0.1-aborted-at-20.json": {
    status: "rolled-back",
    weight: 20,
    reason:
      'rolled back at 20%: aborted by ana, "a test"; delivery-v2 served no requests that were counted; evidence 1 : 1 against "no worse", 100 : 1 needed (0 min)',
  },
  "0.1-refused.json": {
    status: "refused",
    reason: expect.stringMatching(
      /^service is "nowhere"; there is no such service, there are inventory, payment; /,
    ),
  },
} as const;

describe("the history", () => {
  test.for(Object.entries(expected))("%s replays to its end", ([file, end]) => {
    expect(summary(replay(history(file).map((event) => RolloutEvent.parse(event))))).toMatchObject(end);
  });

  test("of every release is here", () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(expected).sort());
  });
});
