import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { espalier } from "../src/espalier.ts";
import { runCli } from "../src/run-cli.ts";
import { consoleLines } from "./console-lines.ts";
import { readGuide, words } from "./read-guide.ts";
import { unreachableAws } from "./unreachable-aws.ts";

const { lines } = readGuide("topology");
unreachableAws();

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "espalier-topology-"));
  writeFileSync(path.join(folder, "shop.yaml"), "name: shop\nservices: { order: {} }\n");
  writeFileSync(path.join(folder, "outputs.json"), "{}");
});
afterAll(() => rmSync(folder, { recursive: true }));

const printed = consoleLines();

/** A word of a command line, files in the test's folder. */
const placed = (word: string) =>
  /\.(yaml|json)$/.test(word) ? path.join(folder, path.basename(word)) : word;

describe("the guide to topologies", () => {
  test("has a command line for each command", () => {
    const named = new Set(lines.map((line) => line.split(" ")[2]));
    expect([...named].sort()).toEqual(["apply", "destroy", "drift", "export", "plan", "status"]);
  });

  test.for(lines)("gives a command line that is understood: %s", async (line) => {
    const [command, ...rest] = words(line).map(placed);
    expect(command).toBe("espalier");
    expect(await runCli(espalier, rest)).toBe(1);
    expect(printed.err.join("\n")).toMatch(/nothing answers at |ECONNREFUSED|AWS refused/);
  });

  test.for([
    [["plan", "nowhere.yaml"], 1, "there is no file nowhere.yaml"],
    [["apply", "nowhere.yaml"], 2, "there is no file nowhere.yaml"],
    [["destroy", "shop"], 2, "nobody can be asked here; say --yes to delete everything of shop"],
    [["destroy", "shop.json", "--yes"], 2, "there is no file shop.json"],
    [["export", "shop", "--tag", "team"], 2, "--tag is team; it is KEY=VALUE"],
  ] as const)("has no answer for %j but a line that says so", async ([rest, code, message]) => {
    expect(await runCli(espalier, ["topology", ...rest])).toBe(code);
    expect(printed.err[0]).toContain(message);
  });
});
