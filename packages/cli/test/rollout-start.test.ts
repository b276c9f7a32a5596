import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { suggestions } from "../src/demonstration/suggestions.ts";
import { espalier } from "../src/espalier.ts";
import { ExitCode } from "../src/fail.ts";
import { runCli } from "../src/run-cli.ts";
import { consoleLines } from "./console-lines.ts";
import { type DeployedStage, deployedStage } from "./deployed-stage.ts";

let stage: DeployedStage;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "espalier-start-"));
  stage = await deployedStage();
  for (const name of ["inventory", "payment", "delivery"]) await stage.open(name);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await stage?.close();
});

const printed = consoleLines();

const espalierRuns = (...words: string[]) => runCli(espalier, words);

/** What `rollout show --json` says of a rollout. */
async function shown(name: string) {
  printed.out = [];
  await espalierRuns("rollout", "show", name, "--json");
  return JSON.parse(printed.out.join("\n"));
}

function file(name: string, content: object): string {
  const at = path.join(folder, name);
  writeFileSync(at, JSON.stringify(content));
  return at;
}

describe("espalier rollout start", () => {
  test("starts what its options ask for", async () => {
    const options = [
      "--service",
      "inventory",
      "--candidate",
      "inventory-v2",
      "--weights",
      "20,60",
      "--bake",
      "3",
    ];
    const more = ["--alpha", "0.05", "--reason", "a test", "--id", "by-options"];
    expect(await espalierRuns("rollout", "start", ...options, ...more), printed.err.join("\n")).toBe(
      ExitCode.done,
    );
    expect(printed.out).toEqual(["started by-options", "watch it: npx espalier rollout watch by-options"]);
    const { history } = await shown("by-options");
    expect(history[0]).toMatchObject({
      type: "rollout-started",
      service: { name: "inventory" },
      candidate: { name: "inventory-v2" },
      stable: { name: "inventory-v1" },
      request: {
        strategy: { type: "canary", steps: [{ weight: 20, bakeMinutes: 3 }, { weight: 60 }] },
        alpha: 0.05,
      },
      by: os.userInfo().username,
      why: "a test",
    });
  });

  test("starts what a file asks for, an option before it; the strategy is adaptive where none is named", async () => {
    const request = file("rollout.json", { service: "payment", candidate: "payment-v3", requestedBy: "ana" });
    const words = [request, "--candidate", "payment-v2", "--id", "by-file", "--json"];
    expect(await espalierRuns("rollout", "start", ...words), printed.err.join("\n")).toBe(ExitCode.done);
    expect(JSON.parse(printed.out.join(""))).toEqual({ id: "by-file", status: "started" });
    const { history } = await shown("by-file");
    expect(history[0]).toMatchObject({
      id: "by-file",
      request: { strategy: { type: "adaptive" } },
      by: "ana",
    });
    // A list knows of a rollout's candidate as soon as its first events have been told on the bus.
    await vi.waitFor(async () => {
      printed.out = [];
      expect(await espalierRuns("rollout", "list", "--service", "payment")).toBe(ExitCode.done);
      expect(printed.out.at(-1)).toMatch(/^by-file +\w+ +payment-v2/);
    }, 10_000);
  });

  test("says why a request was refused, as JSON where JSON was asked for", async () => {
    const words = ["--service", "delivery", "--candidate", "delivery-v9"];
    const problem = /^candidate is "delivery-v9"; /;
    expect(await espalierRuns("rollout", "start", ...words)).toBe(ExitCode.refused);
    expect(printed.err).toEqual([expect.stringMatching(problem)]);
    expect(await espalierRuns("rollout", "start", ...words, "--id", "no", "--json")).toBe(ExitCode.refused);
    const refused = { id: "no", status: "refused", problems: [expect.stringMatching(problem)] };
    expect(JSON.parse(printed.out.join(""))).toEqual(refused);
  });

  test("follows a refused one to its end with --wait", async () => {
    const words = ["--service", "delivery", "--candidate", "delivery-v9", "--wait", "--json"];
    const said = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    expect(await espalierRuns("rollout", "start", ...words)).toBe(ExitCode.refused);
    expect(JSON.parse(String(said.mock.calls[0]?.[0]))).toMatchObject({ type: "rollout-refused" });
  });
});

describe("what the demonstration suggests", () => {
  const commands = suggestions()
    .join("\n")
    .matchAll(/npx espalier (.+)/g)
    .flatMap(([, line = ""]) => {
      const [alternatives] = /\w+(\|\w+)+/.exec(line) ?? [];
      return alternatives ? alternatives.split("|").map((word) => line.replace(alternatives, word)) : [line];
    })
    .map((line) => line.replace(" --local", "").replace(" --wait", ""))
    .toArray();

  test("means this AWS where --local means another one", () => {
    const session = { accessKeyId: "a", secretAccessKey: "b", stage: "local", pid: 1, region: "us-east-1" };
    const lines = suggestions({ ...session, endpoint: "http://127.0.0.1:1" }).join("\n");
    expect(lines).not.toContain("--local");
    expect(lines).toContain("export AWS_ENDPOINT_URL=http://127.0.0.1:1\n");
    expect(lines).toContain("export ESPALIER_STAGE=local\n");
  });

  test("is a handful of commands", () => expect(commands.length).toBeGreaterThan(6));

  test.for(commands)("is a command line that is understood: %s", async (line) => {
    const words = line.split(" ");
    // Nothing is deployed as this stage, so that a command line goes no further than to look for it.
    const code = await espalierRuns(...words, "--stage", "none");
    if (line.includes("120:5")) {
      expect(code).toBe(ExitCode.usage);
      expect(printed.err).toEqual([
        "strategy.steps[0].weight is 120; a weight is a whole number from 0 to 100",
      ]);
    } else if (line.startsWith("topology"))
      expect(printed.err.join("\n")).toMatch(/outputs\.json|topology\.yaml: |^no Espalier/);
    else expect(printed.err).toEqual([expect.stringMatching(/^no Espalier is deployed as stage "none" at /)]);
  });
});
