import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { rolloutRequestSchema } from "../schema/rollout-request-schema.ts";
import { RolloutRequest } from "../src/index.ts";

const read = (file: string) => readFileSync(new URL(file, import.meta.url), "utf8");
const published = JSON.parse(read("../schema/rollout-request.json"));
const valid = new Ajv2020({ allowUnionTypes: true }).compile(published);
const examples = readdirSync(new URL("../examples/", import.meta.url)).sort();

test("the published schema is the one that requests are parsed by; `npm run schema` writes it anew", () => {
  expect(published).toEqual(JSON.parse(JSON.stringify(rolloutRequestSchema())));
});

describe("the published schema", () => {
  test.for(examples)("takes the example %s, and so does Espalier", (file) => {
    const example = JSON.parse(read(`../examples/${file}`));
    expect(valid(example), JSON.stringify(valid.errors)).toBe(true);
    const parsed = RolloutRequest.parse(example);
    // What was parsed is recorded, and asked for again by a retry.
    expect(valid(JSON.parse(JSON.stringify(parsed))), JSON.stringify(valid.errors)).toBe(true);
    expect(RolloutRequest.parse(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
  });

  test("has an example of every strategy", () => {
    const types = examples.map(
      (file) => RolloutRequest.parse(JSON.parse(read(`../examples/${file}`))).strategy.type,
    );
    expect(new Set(types)).toEqual(
      new Set(["adaptive", "canary", "linear", "blue-green", "header", "shift"]),
    );
  });

  test.for([
    [{ service: "inventory" }],
    [{ service: "inventory", candidate: "v2", strategy: { type: "yolo" } }],
    [{ service: "inventory", candidate: "v2", canidate: "v3" }],
    [{ service: "inventory", candidate: "v2", strategy: { type: "shift", to: 120 } }],
    [{ service: "inventory", candidate: "v2", strategy: { type: "canary", steps: [] } }],
  ])("refuses %j, and so does Espalier", ([request]) => {
    expect(valid(request)).toBe(false);
    expect(RolloutRequest.safeParse(request).success).toBe(false);
  });
});
