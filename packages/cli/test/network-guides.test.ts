import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { espalier } from "../src/espalier.ts";
import { ExitCode } from "../src/fail.ts";
import { runCli } from "../src/run-cli.ts";
import { consoleLines } from "./console-lines.ts";
import { readGuide, words } from "./read-guide.ts";
import { unreachableAws } from "./unreachable-aws.ts";

const kubernetes = readGuide("kubernetes");
const cost = readGuide("cost");
unreachableAws();

const manifests = `
kind: HTTPRoute
metadata: { name: rates }
spec: { parentRefs: [{ name: hotel }], rules: [{ backendRefs: [{ name: rates, port: 80 }] }] }
`;

let folder: string;
let before: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "espalier-guides-"));
  writeFileSync(path.join(folder, "gateway.yaml"), "");
  writeFileSync(path.join(folder, "routes.yaml"), manifests);
  writeFileSync(path.join(folder, "shop.yaml"), "name: shop\nservices: { order: {} }\n");
  writeFileSync(path.join(folder, "prices.json"), cost.blocks("json").join(""));
  before = process.cwd();
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const printed = consoleLines();
const run = (line: string) => runCli(espalier, words(line).slice(1));

describe("the guide to Kubernetes", () => {
  test("has command lines", () => expect(kubernetes.lines.length).toBeGreaterThan(1));

  test.for(kubernetes.lines)("gives a command line that works: %s", async (line) => {
    expect(line).toMatch(/^espalier /);
    expect(await run(line), printed.err.join("\n")).toBe(ExitCode.done);
  });
});

describe("the guide to cost", () => {
  test("has command lines", () => expect(cost.lines.length).toBeGreaterThan(2));

  test.for(cost.lines)("gives a command line that works, as far as AWS is there: %s", async (line) => {
    expect(line).toMatch(/^espalier /);
    const code = await run(line);
    if (line.includes("--requests-per-second")) expect(code, printed.err.join("\n")).toBe(ExitCode.done);
    else expect(printed.err.join("\n")).toMatch(/ECONNREFUSED|nothing answers/);
  });
});
