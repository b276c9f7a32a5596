import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { RolloutEvent, replay, summary } from "../src/index.ts";

const folder = new URL("./histories/", import.meta.url);

/** Histories as releases wrote them on the embedded AWS. Once released, one must replay for ever: never edit them. */
function history(file: string): unknown[] {
  return JSON.parse(readFileSync(new URL(file, folder), "utf8"));
}

const expected = {
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
