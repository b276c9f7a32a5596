import { describe, expect, test } from "vitest";
import { textPacker } from "../../src/vpc-lattice/data-plane/records/packed-texts.ts";

describe("packed texts", () => {
  test("are what they were, whatever their length and script, across the ends of blocks", () => {
    const pack = textPacker();
    const texts = Array.from({ length: 5000 }, (_, index) =>
      `${index} ${"aé€😀"[index % 4]}`.repeat(index % 40),
    );
    const packed = [...texts, "€".repeat(100_000), "the end"].map(pack);
    const unpacked = packed.map(({ block, start, end }) => block.toString("utf8", start, end));
    expect(unpacked).toEqual([...texts, "€".repeat(100_000), "the end"].map((text) => text.toWellFormed()));
    expect(new Set(packed.map(({ block }) => block)).size).toBeLessThan(40);
  });
});
