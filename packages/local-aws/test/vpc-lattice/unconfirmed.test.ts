import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { unconfirmed } from "../../src/vpc-lattice/unconfirmed.ts";

const page = readFileSync(new URL("../../../../docs/lattice-unconfirmed.md", import.meta.url), "utf8");
const rows = page
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("`", "")),
  );

/** `dns.label` and its value, for each. */
function flat(value: unknown, path: string): [string, string][] {
  if (typeof value !== "object" || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([name, each]) => flat(each, path === "" ? name : `${path}.${name}`));
}

describe("docs/lattice-unconfirmed.md", () => {
  test("lists every choice of the table with its value, and no other", () => {
    const { failures, ...choices } = unconfirmed;
    const listed = rows.filter((cells) => cells.length === 3).map(([name, value]) => [name, value]);
    expect(listed).toEqual(flat(choices, ""));
  });

  test("lists every answer that Lattice gives itself, and no other", () => {
    const listed = rows.filter((cells) => cells.length === 5).map((cells) => cells.slice(0, 4));
    const answers = Object.entries(unconfirmed.failures).map(([name, { status, body, log }]) => [
      name,
      String(status),
      body,
      log ?? "none",
    ]);
    expect(listed).toEqual(answers);
  });
});
