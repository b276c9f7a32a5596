import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { espalier } from "../src/espalier.ts";
import { ExitCode } from "../src/fail.ts";
import { runCli } from "../src/run-cli.ts";
import { consoleLines } from "./console-lines.ts";

const guide = (name: string) =>
  readFileSync(path.resolve(import.meta.dirname, `../../../docs/guides/${name}.md`), "utf8");
const blocks = (text: string, language: string) =>
  Array.from(text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms")), ([, block = ""]) => block);
const linesOf = (name: string) => blocks(guide(name), "sh").flatMap((block) => block.trim().split("\n"));

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
  writeFileSync(path.join(folder, "prices.json"), blocks(guide("cost"), "json").join(""));
  before = process.cwd();
  process.chdir(folder);
  // Nothing listens there, so that a command line that measures goes no further than to ask.
  vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
  for (const name of ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(name, "none");
});
afterAll(() => {
  vi.unstubAllEnvs();
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const printed = consoleLines();
const run = (line: string) => runCli(espalier, line.split(" ").slice(1));

describe("the guide to Kubernetes", () => {
  test("has command lines", () => expect(linesOf("kubernetes").length).toBeGreaterThan(1));

  test.for(linesOf("kubernetes"))("gives a command line that works: %s", async (line) => {
    expect(line).toMatch(/^espalier /);
    expect(await run(line), printed.err.join("\n")).toBe(ExitCode.done);
  });
});

describe("the guide to cost", () => {
  test("has command lines", () => expect(linesOf("cost").length).toBeGreaterThan(2));

  test.for(linesOf("cost"))("gives a command line that works, as far as AWS is there: %s", async (line) => {
    expect(line).toMatch(/^espalier /);
    const code = await run(line);
    if (line.includes("--requests-per-second")) expect(code, printed.err.join("\n")).toBe(ExitCode.done);
    else expect(printed.err.join("\n")).toMatch(/ECONNREFUSED|nothing answers/);
  });
});
