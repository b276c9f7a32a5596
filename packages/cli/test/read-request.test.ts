import { mkdtempSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { readRequest } from "../src/read-request.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "espalier-request-"));
const file = (text: string, name = "rollout.yaml") => {
  const at = path.join(folder, name);
  writeFileSync(at, text);
  return at;
};
const refusal = (read: () => unknown) => {
  try {
    read();
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}/`, "");
  }
  return "nothing was refused";
};

const good = `
service: inventory
candidate: inventory-v2
strategy:
  type: canary
  steps:
    - { weight: 10, bakeMinutes: 5 }
    - { weight: 50, bakeMinutes: 10 }
`;

describe("a rollout request", () => {
  test("is read from a file", () => {
    expect(readRequest({ file: file(good) })).toMatchObject({
      service: "inventory",
      alpha: 0.01,
      strategy: { steps: [{ weight: 10 }, { weight: 50, bakeMinutes: 10 }] },
    });
  });

  test("is made from options alone", () => {
    const options = { service: "inventory", candidate: "inventory-v2", weights: "10:5,50:10", alpha: "0.05" };
    expect(readRequest(options)).toMatchObject({
      alpha: 0.05,
      strategy: { type: "canary", steps: [{ weight: 10, bakeMinutes: 5 }, { weight: 50 }] },
    });
  });

  test("bakes each weight as long as it says itself, else as long as all do", () => {
    const { strategy } = readRequest({
      service: "inventory",
      candidate: "v2",
      weights: "10:5,50",
      bake: "2",
    });
    expect(strategy).toMatchObject({
      steps: [
        { weight: 10, bakeMinutes: 5 },
        { weight: 50, bakeMinutes: 2 },
      ],
    });
  });

  test("takes from the options what they say and from the file the rest", () => {
    expect(readRequest({ file: file(good), candidate: "inventory-v3" })).toMatchObject({
      service: "inventory",
      candidate: "inventory-v3",
    });
  });

  test.for([
    [
      good.replace("weight: 50", "weight: 120"),
      "rollout.yaml: strategy.steps[1].weight is 120; a weight is a whole number from 0 to 100",
    ],
    [
      good.replace("service: inventory", ""),
      "rollout.yaml: service is missing; give the name, id or ARN of the VPC Lattice service",
    ],
    ["just words", /^rollout\.yaml: the document is "just words"; /],
    ["", /^rollout\.yaml: the document is null; /],
    ["a: [1", /^rollout\.yaml: /],
  ] as const)("is refused by its field: %j", ([text, message]) => {
    const said = refusal(() => readRequest({ file: file(text) }));
    if (typeof message === "string") expect(said).toBe(message);
    else expect(said).toMatch(message);
  });

  test("is refused with a line for each thing that is wrong", () => {
    const said = refusal(() =>
      readRequest({ service: "inventory", candidate: "v2", weights: "ten:5,50:-1" }),
    );
    expect(said.split("\n")).toEqual([
      'strategy.steps[0].weight is "ten"; a weight is a whole number from 0 to 100',
      "strategy.steps[1].bakeMinutes is -1; a bake is a number of minutes from 0 to 10080, which is a week",
    ]);
  });

  test("is adaptive where neither file nor options name a strategy", () => {
    expect(readRequest({ service: "inventory", candidate: "v2" }).strategy.type).toBe("adaptive");
  });

  test.for([
    [{ alpha: "x" }, 'alpha is "x"; alpha is a chance above 0 and at most 0.5; 0.01 by default'],
    [{ weights: "10" }, '--weights has "10"; a weight has its minutes, as in 10:5,50:10, or those of all'],
    [{ weights: "10:5,50:1:2" }, '--weights has "50:1:2"; a weight has its minutes, '],
    [{ bake: "5" }, "--bake is for the weights of a canary, which --weights names"],
    [
      { strategy: "adaptive", weights: "10" },
      "--weights is 10; the strategy adaptive has no weights of yours",
    ],
    [{ strategy: "adaptive", bake: "10" }, "--bake is 10; the strategy adaptive bakes as long as it needs"],
    [{ strategy: "sudden" }, 'strategy.type is "sudden"; the strategy types are '],
    [{ windows: ["0 9 * * 1-5"] }, '--window is "0 9 * * 1-5"; it is a cron of five fields, for how many'],
    [{ file: folder }, `${folder}: this is a folder, not a file`],
  ] as const)("is refused with what was given: %j", ([options, line]) => {
    expect(() => readRequest({ service: "inventory", candidate: "v2", ...options })).toThrow(line);
  });

  test("says so when the file is not there", () => {
    expect(refusal(() => readRequest({ file: path.join(folder, "none.yaml") }))).toBe(
      "none.yaml: there is no such file",
    );
  });
});
