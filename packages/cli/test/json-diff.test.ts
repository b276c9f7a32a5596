import { describe, expect, test } from "vitest";
import { jsonDiff } from "../src/view/json-diff.ts";

const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const stock = { Sid: "Stock", Effect: "Allow", Resource: "*/stock" };
const health = { Sid: "Health", Effect: "Allow", Resource: "*/health" };

describe("the difference of two policies", () => {
  test("is the lines that go and come, with a few around them", () => {
    expect(jsonDiff(policy(stock, health), policy({ ...stock, Resource: "*/stock/*" }, health))).toEqual([
      "  …",
      "      {",
      '        "Effect": "Allow",',
      '-       "Resource": "*/stock",',
      '+       "Resource": "*/stock/*",',
      '        "Sid": "Stock"',
      "      },",
      "  …",
    ]);
  });

  test("of a statement more is that statement", () => {
    const lines = jsonDiff(policy(stock), policy(stock, health));
    expect(lines.filter((line) => /^[-+]/.test(line))).toEqual([
      "+     },",
      "+     {",
      '+       "Effect": "Allow",',
      '+       "Resource": "*/health",',
      '+       "Sid": "Health"',
    ]);
  });

  test("is none where the order of keys differs", () => {
    const reversed = JSON.stringify({
      Statement: [Object.fromEntries(Object.entries(stock).reverse())],
      Version: "2012-10-17",
    });
    expect(jsonDiff(policy(stock), reversed)).toEqual(["  …"]);
  });
});
