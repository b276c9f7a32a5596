import { describe, expect, test } from "vitest";
import { parseEventPattern } from "../../src/events/pattern/event-pattern.ts";

const matches = (pattern: object, event: object) =>
  parseEventPattern(JSON.stringify(pattern)).matches({ ...event });
const refusal = (pattern: string) => {
  try {
    parseEventPattern(pattern);
  } catch (error) {
    return error;
  }
  return undefined;
};

describe("an event pattern", () => {
  const items = [
    { id: "a", state: "ok" },
    { id: "b", state: "bad" },
  ];
  test("wants the members of an element in the same element", () => {
    expect(matches({ items: { id: ["b"], state: ["bad"] } }, { items })).toBe(true);
    expect(matches({ items: { id: ["a"], state: ["bad"] } }, { items })).toBe(false);
  });

  test("takes elements of different arrays as they come", () => {
    const event = { left: items, right: items };
    expect(matches({ left: { id: ["a"] }, right: { id: ["b"] } }, event)).toBe(true);
  });

  test("wants nested arrays to agree all the way up", () => {
    const event = {
      a: [
        { n: 1, b: [{ x: 1, y: 1 }] },
        { n: 2, b: [{ x: 1, y: 2 }] },
      ],
    };
    expect(matches({ a: { n: [2], b: { x: [1], y: [2] } } }, event)).toBe(true);
    expect(matches({ a: { n: [1], b: { x: [1], y: [2] } } }, event)).toBe(false);
  });

  test.for([
    ["a*c", "abc", true],
    ["a*c", "ac", true],
    ["a*bc*c", "abc", false],
    ["a*a", "a", false],
    ["*", "", true],
    ["x\\*y", "x*y", true],
    ["x\\*y", "xzy", false],
  ] as const)("reads the wildcard %s of %s as %s", ([wildcard, text, expected]) => {
    expect(matches({ f: [{ wildcard }] }, { f: text })).toBe(expected);
  });

  test("refuses more wildcards on a field than AWS was seen to take", () => {
    const stacks = (names: string[]) =>
      JSON.stringify({ id: names.map((name) => ({ wildcard: `*:stack/${name}/*` })) });
    expect(refusal(stacks(["Shared", "Api", "Worker"]))).toBeUndefined();
    expect(refusal(stacks(["Shared", "Api", "Worker", "Monitoring"]))).toMatchObject({
      code: "InvalidEventPatternException",
      message: expect.stringContaining("Rule is too complex"),
    });
  });

  test.for([
    ["{", "in JSON"],
    ["[]", "Filter is not an object"],
    ["{}", "Empty objects are not allowed"],
    ['{"a":{}}', "Empty objects are not allowed"],
    ['{"a":[[1]]}', "Match value must be String, number, true, false, or null"],
    ['{"source":"x"}', '"source" must be an object or an array'],
    ['{"a":[{"prefix":"x","suffix":"y"}]}', "Only one key allowed in match expression"],
    ['{"a":[{"numeric":[">",5,"<",1]}]}', "Bottom must be less than top"],
    ['{"a":[{"numeric":[]}]}', "Invalid member in numeric match"],
    ['{"a":[{"cidr":"10.0.0.0/32"}]}', "IPv4 mask bits must be < 32"],
    ['{"a":[{"exists":"yes"}]}', "exists match pattern must be either true or false."],
    ['{"$or":[{"a":[1]}]}', "There must have at least 2 Objects in $or relationship."],
    ['{"$or":{"a":[1]}}', "It must be an Array followed with $or."],
  ] as const)("refuses %s: %s", ([pattern, reason]) => {
    expect(refusal(pattern)).toMatchObject({
      code: "InvalidEventPatternException",
      message: expect.stringContaining(reason),
    });
  });

  test("refuses a pattern whose $or multiply without end", () => {
    const or = (name: string) => ({ $or: Array.from({ length: 11 }, (_, n) => ({ [name]: [n] })) });
    const pattern = { a: or("x"), b: or("x"), c: or("x") };
    expect(refusal(JSON.stringify(pattern))).toMatchObject({ code: "InvalidEventPatternException" });
  });

  test("decides quickly on an event built to have many combinations", () => {
    const list = Array.from({ length: 3000 }, (_, n) => ({ id: n, other: 3000 - n }));
    const event = { a: list, b: list, c: list };
    const both = { id: [{ exists: true }], other: [{ exists: true }] };
    expect(matches({ a: both, b: both, c: { id: [1], other: [1] } }, event)).toBe(false);
  });
});
