import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type * as z from "zod";
import type { Handler } from "../lambda.ts";

const functions = path.resolve(import.meta.dirname, "..");
const releases = globSync("test/inputs/*", { cwd: functions }).map((folder) => path.basename(folder));

/** The handlers of the rollout's workflow and of what goes with it, by the names of their files. */
const handlers = new Map<string, Handler<z.ZodType, unknown>>();
for (const file of globSync("rollout/*.ts", { cwd: functions })) {
  const { handler } = await import(path.join(functions, file));
  if (handler !== undefined) handlers.set(path.basename(file, ".ts"), handler);
}

function recorded(release: string): { name: string; inputs: unknown[] }[] {
  const files = globSync(`test/inputs/${release}/*.json`, { cwd: functions });
  return files.map((file) => ({
    name: path.basename(file, ".json"),
    inputs: JSON.parse(readFileSync(path.join(functions, file), "utf8")),
  }));
}

test("inputs of a release are recorded", () => {
  expect(releases).toContain("0.1");
});

describe.for(releases)("of release %s", (release) => {
  test.for(recorded(release))("every input of $name is taken as it was", ({ name, inputs }) => {
    expect(inputs.length).toBeGreaterThan(0);
    for (const input of inputs) {
      const taken = handlers.get(name)?.Input.safeParse(input);
      expect(taken, `${name} takes ${JSON.stringify(input)}`).toMatchObject({ success: true });
    }
  });
});

test("every function has an input recorded of the first release, or is younger", () => {
  const names = recorded("0.1").map(({ name }) => name);
  expect([...handlers.keys()].sort()).toEqual(names.sort());
});

test("an input that lacks what a function needs is not taken", () => {
  const decide = recorded("0.1").find(({ name }) => name === "decide");
  for (const input of decide?.inputs ?? []) {
    const without = { ...(input as object), execution: undefined };
    expect(handlers.get("decide")?.Input.safeParse(without).success).toBe(false);
  }
});
