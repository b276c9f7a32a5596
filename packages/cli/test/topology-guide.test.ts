import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { espalier } from "../src/espalier.ts";
import { runCli } from "../src/run-cli.ts";
import { consoleLines } from "./console-lines.ts";

const guide = readFileSync(path.resolve(import.meta.dirname, "../../../docs/guides/topology.md"), "utf8");
const lines = Array.from(guide.matchAll(/^```sh\n(.*?)^```/gms), ([, text = ""]) =>
  text.trim().split("\n"),
).flat();

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "espalier-topology-"));
  writeFileSync(path.join(folder, "shop.yaml"), "name: shop\nservices: { order: {} }\n");
  writeFileSync(path.join(folder, "outputs.json"), "{}");
  // Nothing listens there, so that a command line goes no further than to its first call.
  vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
  vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
  for (const name of ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(name, "none");
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const printed = consoleLines();

/** The words of a command line as a shell splits them, its files in the test's folder. */
const words = (line: string) =>
  Array.from(line.matchAll(/"([^"]*)"|\S+/g), ([word, quoted]) => quoted ?? word).map((word) =>
    /\.(yaml|json)$/.test(word) ? path.join(folder, path.basename(word)) : word,
  );

describe("the guide to topologies", () => {
  test("has a command line for each command", () => {
    const named = new Set(lines.map((line) => line.split(" ")[2]));
    expect([...named].sort()).toEqual(["apply", "destroy", "drift", "export", "plan", "status"]);
  });

  test.for(lines)("gives a command line that is understood: %s", async (line) => {
    const [command, ...rest] = words(line);
    expect(command).toBe("espalier");
    expect(await runCli(espalier, rest)).toBe(1);
    expect(printed.err.join("\n")).toMatch(/nothing answers at |ECONNREFUSED|AWS refused/);
  });

  test.for([
    [["plan", "nowhere.yaml"], 1, "there is no file nowhere.yaml"],
    [["apply", "nowhere.yaml"], 2, "there is no file nowhere.yaml"],
    [["destroy", "shop"], 2, "nobody can be asked here; say --yes to delete everything of shop"],
    [["destroy", "shop.json", "--yes"], 2, "cannot read shop.json: ENOENT"],
    [["export", "shop", "--tag", "team"], 2, "--tag is team; it is KEY=VALUE"],
  ] as const)("has no answer for %j but a line that says so", async ([rest, code, message]) => {
    expect(await runCli(espalier, ["topology", ...rest])).toBe(code);
    expect(printed.err[0]).toContain(message);
  });
});
