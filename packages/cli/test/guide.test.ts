import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { espalier } from "../src/espalier.ts";
import { ExitCode } from "../src/fail.ts";
import { readRequest } from "../src/read-request.ts";
import { runCli } from "../src/run-cli.ts";
import { consoleLines } from "./console-lines.ts";
import { readGuide, words } from "./read-guide.ts";
import { unreachableAws } from "./unreachable-aws.ts";

const { blocks, lines } = readGuide("command-line");
unreachableAws();

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "espalier-guide-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const printed = consoleLines();

describe("the guide to the command line", () => {
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
