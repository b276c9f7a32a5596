import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { espalier } from "../src/espalier.ts";
import { ExitCode } from "../src/fail.ts";
import { readRequest } from "../src/read-request.ts";
import { runCli } from "../src/run-cli.ts";
import { consoleLines } from "./console-lines.ts";

const guide = readFileSync(path.resolve(import.meta.dirname, "../../../docs/guides/command-line.md"), "utf8");
const blocks = (language: string) =>
  Array.from(guide.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms")), ([, text = ""]) => text);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "espalier-guide-"));
  // Nothing listens there, so that a command line goes no further than to look for its stage.
  vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
  for (const name of ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(name, "none");
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const printed = consoleLines();

/** The words of a command line as a shell splits them. */
const words = (line: string) =>
  Array.from(line.matchAll(/"([^"]*)"|\S+/g), ([word, quoted]) => quoted ?? word);

describe("the guide to the command line", () => {
  const lines = blocks("sh").flatMap((text) => text.trim().split("\n"));

  test("has command lines and files", () => {
    expect(lines.length).toBeGreaterThan(20);
    expect(blocks("yaml")).toHaveLength(1);
  });

  test.for(lines)("gives a command line that is understood: %s", async (line) => {
    const [command, ...rest] = words(line);
    expect(command).toBe("espalier");
    const code = await runCli(espalier, rest);
    if (rest.includes("--plan")) expect(code, printed.err.join("\n")).toBe(ExitCode.done);
    else {
      expect(code).toBe(ExitCode.failed);
      expect(printed.err).toEqual([expect.stringMatching(/^nothing answers at /)]);
    }
  });

  test.for(blocks("yaml"))("gives a file that is a request", (text) => {
    const file = path.join(folder, "rollout.yaml");
    writeFileSync(file, text);
    expect(readRequest({ file }).strategy.type).toBe("canary");
  });
});
