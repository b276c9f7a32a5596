import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { closing } from "../src/demonstration/report.ts";
import { reportWriter } from "../src/demonstration/report-writer.ts";
import { espalier } from "../src/espalier.ts";
import { ExitCode } from "../src/fail.ts";
import { runCli } from "../src/run-cli.ts";

const rollout = {
  service: "inventory",
  candidate: "inventory-v3",
  outcome: "rolled-back",
  minutes: 12,
  candidateRequests: 412,
  badRequests: 21,
  reason: "rolled back at 10%",
} as const;
const report = { rollouts: [rollout], orders: { served: 9, failed: 1 }, startedInSeconds: 8 };
const told = (expected: "promoted" | "rolled-back") =>
  closing(report, [{ expected }]).map(stripVTControlCharacters);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "espalier-report-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the closing screen", () => {
  test("marks a rollback that was expected as well done", () => {
    expect(told("rolled-back")[0]).toMatch(
      /^✔ inventory-v3 {2}rolled back after 12 min, as expected; it served 412 /,
    );
  });

  test("marks what was not expected, and says what was", () => {
    expect(told("promoted")[0]).toMatch(
      /^✘ inventory-v3 {2}rolled back after 12 min, expected was: promoted; /,
    );
  });
});

describe("the report's file", () => {
  test("is written once there is a report", () => {
    const file = path.join(folder, "report.json");
    reportWriter(file)(report);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(report);
  });

  test("is refused before anything is started", async () => {
    const said = vi.spyOn(console, "error").mockReturnValue();
    const file = path.join(folder, "none/report.json");
    expect(await runCli(espalier, ["demo", "--report", file])).toBe(ExitCode.usage);
    expect(said.mock.calls).toEqual([[`--report is ${file}; there is no folder ${folder}/none`]]);
    expect(() => reportWriter(folder)).toThrow(`--report is ${folder}; this is a folder; name a file`);
  });
});
