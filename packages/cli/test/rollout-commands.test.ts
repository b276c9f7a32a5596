import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { nextTry } from "../src/commands/rollout/retry.ts";
import { espalier } from "../src/espalier.ts";
import { ExitCode } from "../src/fail.ts";
import { runCli } from "../src/run-cli.ts";
import { consoleLines } from "./console-lines.ts";
import { type DeployedStage, deployedStage } from "./deployed-stage.ts";

let stage: DeployedStage;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "espalier-commands-"));
  stage = await deployedStage();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await stage?.close();
});

const printed = consoleLines();

/** Runs a command line under `espalier rollout`; what it printed since is in `printed`. */
function rollout(...words: string[]): Promise<number> {
  printed.out = [];
  return runCli(espalier, ["rollout", ...words]);
}

const forAWeek = [{ weight: 20, bakeMinutes: 10_080 }];

/** A rollout of a service of its own in steps, traffic or none; by default it stays at 20% for a week. */
async function baking(name: string, steps: readonly object[] = forAWeek) {
  const shop = await stage.open(name);
  const request = {
    id: `${name}-1`,
    service: name,
    candidate: `${name}-v2`,
    strategy: { type: "canary", steps },
    unreadable: { minutes: 10_080 },
  };
  const file = path.join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(request));
  expect(await rollout("start", file), printed.err.join("\n")).toBe(ExitCode.done);
  return shop;
}

async function json(...words: string[]) {
  await rollout(...words, "--json");
  return JSON.parse(printed.out.join("\n"));
}

describe("a command", { timeout: 120_000 }, () => {
  test("is done when it says so: pause and resume", async () => {
    await baking("pausing");
    const why = ["--by", "ana", "--reason", "lunch"];
    expect(await rollout("pause", "pausing", ...why), printed.err.join("\n")).toBe(ExitCode.done);
    expect(printed.out.join("\n")).toMatch(/ paused by ana: lunch$/m);
    expect(await json("show", "pausing")).toMatchObject({ id: "pausing-1", status: "paused" });
    expect(await rollout("pause", "pausing")).toBe(ExitCode.refused);
    expect(printed.out.join("\n")).toContain("pause declined: the rollout is already paused");
    expect(await json("resume", "pausing")).toMatchObject({
      command: "resume",
      rollout: "pausing-1",
      done: true,
    });
    expect(await rollout("approve", "pausing")).toBe(ExitCode.refused);
    await rollout("show", "pausing", "--history");
    expect(printed.out.join("\n")).toMatch(/Z {2}ana +asks to pause: lunch$/m);
  });

  test("lets a rollout go on that waits for an approval", async () => {
    const approval = { withinMinutes: 10_080, otherwise: "roll-back" };
    await baking("approving", [
      { weight: 20, approval },
      { weight: 30, bakeMinutes: 10_080 },
    ]);
    await vi.waitFor(
      async () => expect(await json("show", "approving")).toMatchObject({ status: "approving" }),
      60_000,
    );
    expect(await rollout("approve", "approving", "--by", "ana"), printed.err.join()).toBe(ExitCode.done);
    expect(printed.out.join("\n")).toMatch(/ approved by ana$/m);
    expect(await json("show", "approving")).toMatchObject({ step: 2 });
  });

  test("that ends a rollout waits for the end: abort puts the weights back", async () => {
    const shop = await baking("aborting");
    expect(await rollout("abort", "aborting", "--reason", "wrong version"), printed.err.join()).toBe(
      ExitCode.done,
    );
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
    expect(printed.out.at(-1)).toMatch(/settled: rolled back/);
    expect(await rollout("abort", "aborting-1")).toBe(ExitCode.refused);
    expect(printed.err).toEqual([expect.stringContaining("aborting-1 has ended, there is nothing to abort")]);
  });

  test("that promotes gives everything to the candidate, and undo takes it back", async () => {
    const shop = await baking("promoting");
    expect(await rollout("promote", "promoting"), printed.err.join()).toBe(ExitCode.done);
    expect(await shop.weights()).toEqual({ default: { v1: 0, v2: 100 } });
    const said = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    expect(await rollout("undo", "promoting-1"), printed.err.join()).toBe(ExitCode.done);
    expect(said.mock.calls.join("")).toContain("settled: promoted after ");
    expect(await shop.weights()).toMatchObject({ default: { v1: 100 } });
    expect(await rollout("undo", "promoting-1")).toBe(ExitCode.refused);
    expect(printed.err.at(-1)).toMatch(/^promoting-1 (cannot be undone|is undone already)/);
  });

  test("for what ended otherwise there is nothing to undo, but it can be tried again", async () => {
    await baking("retrying");
    expect(await rollout("retry", "retrying-1")).toBe(ExitCode.refused);
    expect(printed.err.at(-1)).toContain("retrying-1 still runs");
    await rollout("abort", "retrying-1");
    expect(await rollout("undo", "retrying-1")).toBe(ExitCode.refused);
    expect(await json("retry", "retrying-1", "--by", "ana")).toMatchObject({
      id: "retrying-1-retry-1",
      status: expect.stringMatching(/^(started|queued)$/),
    });
    await vi.waitFor(async () => {
      const { history } = await json("show", "retrying-1-retry-1");
      const started = history.find(({ type }: { type: string }) => type === "rollout-started");
      expect(started).toMatchObject({
        by: "ana",
        why: "tries retrying-1 again",
        request: { strategy: { steps: [{ weight: 20, bakeMinutes: 10_080 }] } },
      });
    }, 60_000);
  });
});

test("a rollout waits its turn where another one holds the service, if asked to", {
  timeout: 120_000,
}, async () => {
  await baking("queueing");
  const request = ["--service", "queueing", "--candidate", "queueing-v2", "--id", "second"];
  expect(await rollout("start", ...request, "--when-locked", "queue"), printed.err.join()).toBe(
    ExitCode.done,
  );
  expect(printed.out[0]).toMatch(/^queued second: .*queueing-1/);
  await rollout("list", "--service", "queueing");
  expect(printed.out.slice(1)).toEqual([
    expect.stringMatching(/^second +queued +queueing-v2/),
    expect.stringMatching(/^queueing-1 +\w+ +queueing-v2/),
  ]);
  await rollout("show", "second");
  expect(printed.out[0]).toMatch(/^queueing: queued: .*queueing-1/);
  expect(await rollout("abort", "second", "--by", "ana"), printed.err.join()).toBe(ExitCode.done);
  expect(printed.out.join("\n")).toContain("aborted while it waited by ana");
});

describe("espalier freeze", { timeout: 120_000 }, () => {
  const freeze = (...words: string[]) => runCli(espalier, ["freeze", ...words]);

  test("stops the line, says who did, and lets it go on", async () => {
    expect(await freeze()).toBe(ExitCode.done);
    expect(await freeze("on", "--by", "ana", "--reason", "an outage"), printed.err.join()).toBe(
      ExitCode.done,
    );
    expect(await freeze("--json")).toBe(ExitCode.done);
    expect(await freeze("off")).toBe(ExitCode.done);
    expect(printed.out).toEqual([
      "rollouts are not frozen",
      expect.stringMatching(/^all rollouts are frozen since \d{4}-.*Z by ana: an outage$/),
      expect.stringMatching(/^\{"frozen":true,.*"by":"ana"/),
      "rollouts are not frozen",
    ]);
  });

  test("knows no other words", async () => {
    expect(await freeze("offf")).toBe(ExitCode.usage);
    expect(printed.err).toEqual(['the switch is "offf" (did you mean off?); it is on or off']);
  });
});

test.for([
  ["r", [], "r-retry-1"],
  ["r", ["r-retry-1", "r-retry-10", "other-retry-99"], "r-retry-11"],
  ["r-retry-1", [], "r-retry-2"],
  ["r", ["r-retry-later"], "r-retry-1"],
] as const)("the next try of %s beside %j is %s", ([id, known, next]) =>
  expect(nextTry(id, known)).toBe(next),
);
